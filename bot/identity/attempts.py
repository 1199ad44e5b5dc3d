"""How often somebody may ask for codes, and guess them: counted for all workers together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, sessionmaker

from bot.identity.errors import TooManyAttemptsError
from catalog.models import IdentityAttempt

_LONGEST_SPAN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of a kind within a span."""

    kind: str
    most: int
    span: timedelta


class Attempts:
    """Counts in the database, before what is counted is done."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def count(self, limited: Sequence[tuple[Limit, str]], now: datetime) -> None:
        """Notes one attempt under each limit, for its subject.

        Of many that come at once, none passes a limit that the others have used up: each writes its
        own down before it looks. What was refused is not kept, so that who goes on trying does not
        keep the customer out for longer.

        Raises:
            TooManyAttemptsError: one of the limits is reached.
        """
        rows = [
            IdentityAttempt(kind=limit.kind, subject=subject, at=now) for limit, subject in limited
        ]
        with self._sessions.begin() as session:
            session.execute(delete(IdentityAttempt).where(IdentityAttempt.at < now - _LONGEST_SPAN))
            session.add_all(rows)
            session.flush()
            ids = [row.id for row in rows]
        with self._sessions.begin() as session:
            if any(_seen(session, limit, subject, now) > limit.most for limit, subject in limited):
                session.execute(delete(IdentityAttempt).where(IdentityAttempt.id.in_(ids)))
                exceeded = True
            else:
                exceeded = False
        if exceeded:
            raise TooManyAttemptsError

    def left(self, limited: Sequence[tuple[Limit, str]], now: datetime) -> int:
        """How many more attempts all of the limits allow."""
        with self._sessions() as session:
            return min(
                limit.most - _seen(session, limit, subject, now) for limit, subject in limited
            )


def _seen(session: Session, limit: Limit, subject: str, now: datetime) -> int:
    seen = select(func.count()).where(
        IdentityAttempt.kind == limit.kind,
        IdentityAttempt.subject == subject,
        IdentityAttempt.at > now - limit.span,
    )
    return session.scalar(seen) or 0
