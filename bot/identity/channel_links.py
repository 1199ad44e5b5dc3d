"""Senders of messaging channels who have proved which customer they are."""

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from bot.identity.errors import IdentityError, Refusal
from bot.identity.identity import Identity, Method, VerifiedIdentity
from catalog.models import ChannelLink


class ChannelLinks:
    """Links that outlive a conversation: the channel itself says who its sender is."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def link(self, channel: str, sender_id: str, verified: VerifiedIdentity, now: datetime) -> None:
        """Links a sender to a customer who has just proved to be one.

        Raises:
            IdentityError: the proof is old, or is itself a link.
        """
        if verified.method is Method.LINK or not verified.is_fresh(now):
            raise IdentityError(Refusal.EXPIRED)
        link = ChannelLink(
            channel=channel,
            sender_id=sender_id,
            customer_id=verified.customer_id,
            email=verified.email,
            method=verified.method.value,
            linked_at=now,
        )
        with self._sessions.begin() as session:
            session.merge(link)

    def of(self, channel: str, sender_id: str) -> Identity | None:
        """The customer whom this sender is linked to."""
        with self._sessions() as session:
            link = session.get(ChannelLink, (channel, sender_id))
            return None if link is None else Identity(link.customer_id, link.email)

    def unlink(self, channel: str, sender_id: str) -> bool:
        """Takes the link away, and says whether there was one."""
        with self._sessions.begin() as session:
            link = session.get(ChannelLink, (channel, sender_id))
            if link is not None:
                session.delete(link)
            return link is not None
