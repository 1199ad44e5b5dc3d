"""Giving a conversation to the shop's people, with what they need to know."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from bot.attachments.folders import Folders
from bot.conversation_id import channel_of
from bot.desk import english
from bot.desk.desks import Desks, HandOver
from bot.desk.hours import Hours
from bot.desk.mood import open_mood
from bot.desk.summary import orders_named, summary_of
from bot.desk.ticket import Fact, Proof, Reason, transcript_of
from bot.identity.identities import Identities
from bot.shopping.state import ShoppingState
from recommender.serving.encoder import Encoder


@dataclass(frozen=True, slots=True)
class People:
    """The shop's desk, as the conversation sees it."""

    desks: Desks
    hours: Hours
    is_upset: Callable[[str], bool]
    """Whether what a customer says calls for a person."""
    identities: Identities
    sessions: sessionmaker[Session]
    folders: Folders | None = None
    """What customers added to returns; None where the shop takes nothing."""

    @classmethod
    def of(
        cls,
        desks: Desks,
        hours: Hours,
        encoder: Encoder,
        identities: Identities,
        sessions: sessionmaker[Session],
        folders: Folders | None = None,
    ) -> "People":
        """With the mood that was learnt for this encoder.

        Raises:
            MoodError: the weights can't be read.
        """
        mood = open_mood(encoder)

        def is_upset(text: str) -> bool:
            return mood.is_upset(text, encoder)

        return cls(desks, hours, is_upset, identities, sessions, folders)

    def back_at(self) -> datetime | None:
        """When somebody is there again; None if somebody is there now, or is never."""
        now = datetime.now(UTC)
        return None if self.hours.is_open(now) else self.hours.next_opening(now)

    def take_over(
        self,
        conversation: str,
        device: str,
        reason: Reason,
        shopping: ShoppingState,
        events: Sequence[Mapping[str, Any]],
    ) -> str:
        """The ticket's id; the same one however often it is asked for."""
        transcript = transcript_of(events)
        with self.sessions() as session:
            summary = summary_of(session, shopping, events, transcript, orders_named(transcript))
        if self.folders is not None:
            links = [folder.link for folder in self.folders.take_over(conversation)]
            summary += (Fact(english.FILES, ", ".join(links)),) if links else ()
        identity = self.identities.of(conversation, device, datetime.now(UTC))
        proof = None
        if identity is not None and identity.email:
            proof = Proof(identity.email, identity.method.value)
        return self.desks.hand_over(
            HandOver(conversation, channel_of(conversation), reason, summary, transcript, proof)
        )
