"""The identities that are verified now, in the service's database and nowhere in Rasa's memory."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from bot.identity.identity import Identity, Method, VerifiedIdentity
from catalog.models import ProvedIdentity


class Identities:
    """Remembers who speaks in which conversation from which device. Thread-safe.

    The device is part of the key: who takes over a conversation, by its token, gets its history and
    not the identity of the one who left it.
    """

    def __init__(self, sessions: sessionmaker[Session], life: timedelta) -> None:
        self._sessions = sessions
        self._life = life

    def remember(
        self, conversation_id: str, device_id: str, who: Identity, method: Method, now: datetime
    ) -> VerifiedIdentity:
        """Puts this identity in the place of whatever this device had in this conversation.

        What counts no more stays as a note of whose the conversation is, until the conversation is
        erased or the retention time is over.
        """
        proved = ProvedIdentity(
            conversation_id=conversation_id,
            device_id=device_id,
            customer_id=who.customer_id,
            email=who.email,
            method=method.value,
            verified_at=now,
            expires_at=now + self._life,
        )
        with self._sessions.begin() as session:
            former = session.get(ProvedIdentity, (conversation_id, device_id))
            if former is not None and former.email != who.email:
                _note_of_the_past(session, former, now)
            session.merge(proved)
        return _verified(proved)

    def of(self, conversation_id: str, device_id: str, now: datetime) -> VerifiedIdentity | None:
        """Who speaks there; None for a stranger, and for one whose time is over."""
        with self._sessions() as session:
            proved = session.get(ProvedIdentity, (conversation_id, device_id))
            return _verified(proved) if proved is not None and proved.expires_at > now else None

    def revoke(self, conversation_id: str, device_id: str, now: datetime) -> bool:
        """Forgets who speaks there, and says whether anybody was known."""
        with self._sessions.begin() as session:
            proved = session.get(ProvedIdentity, (conversation_id, device_id))
            if proved is None or proved.expires_at <= now:
                return False
            proved.expires_at = proved.verified_at  # over, whatever the clocks say
            return True


def _note_of_the_past(session: Session, former: ProvedIdentity, now: datetime) -> None:
    """Keeps who spoke at the device before, under the id of a device that nobody has."""
    session.add(
        ProvedIdentity(
            conversation_id=former.conversation_id,
            device_id=secrets.token_hex(16),
            customer_id=former.customer_id,
            email=former.email,
            method=former.method,
            verified_at=former.verified_at,
            expires_at=min(former.expires_at, now),
        )
    )


def _verified(proved: ProvedIdentity) -> VerifiedIdentity:
    return VerifiedIdentity(
        proved.conversation_id,
        proved.customer_id,
        proved.email,
        Method(proved.method),
        proved.verified_at,
        proved.expires_at,
    )
