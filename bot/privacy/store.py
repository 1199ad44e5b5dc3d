"""The port to each place where something of a customer's is kept."""

from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, func, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session, sessionmaker

from bot.privacy.subject import Subject
from catalog.models import Base


class StoreError(Exception):
    """A store can't be read or emptied; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of a customer's records in one store."""

    found: int
    erased: int
    kept_because: str = ""


class Store(ABC):
    """A room that keeps personal data has one in the list of bot/privacy/stores.py."""

    name: str

    @abstractmethod
    def conversations_of(self, subject: Subject) -> set[str]:
        """The conversations that this store knows to be the customer's, their ids aside."""

    @abstractmethod
    def export(self, subject: Subject) -> list[dict[str, Any]]:
        """All records of the customer's, as JSON."""

    @abstractmethod
    def erase(self, subject: Subject) -> Erased:
        """Deletes them."""

    @abstractmethod
    def prune(self, before: datetime) -> int:
        """Deletes what nobody has touched since; says how much."""


class Table(Store):
    """A table of the shop's database.

    Args:
        owned: Which rows are a customer's.
        conversation: The column with the conversation's id; its rows tell whose a conversation is.
        old: Which rows may go after the retention time; none where it is not given.
        kept_because: Why rows are exported and never erased.
    """

    def __init__(
        self,
        name: str,
        sessions: sessionmaker[Session],
        model: type[Base],
        owned: Callable[[Subject], ColumnElement[bool]],
        *,
        conversation: InstrumentedAttribute[str] | None = None,
        old: Callable[[datetime], ColumnElement[bool]] | None = None,
        kept_because: str = "",
    ) -> None:
        self.name = name
        self._sessions = sessions
        self.model = model
        self._owned = owned
        self._conversation = conversation
        self._old = old
        self._kept_because = kept_because

    def conversations_of(self, subject: Subject) -> set[str]:
        if self._conversation is None:
            return set()
        with self._sessions() as session:
            return set(session.scalars(select(self._conversation).where(self._owned(subject))))

    def export(self, subject: Subject) -> list[dict[str, Any]]:
        columns = [each.key for each in inspect(self.model).column_attrs]
        with self._sessions() as session:
            rows = session.scalars(select(self.model).where(self._owned(subject))).all()
            return [{name: _to_json(getattr(row, name)) for name in columns} for row in rows]

    def erase(self, subject: Subject) -> Erased:
        with self._sessions.begin() as session:
            if self._kept_because:
                owned = select(func.count()).select_from(self.model).where(self._owned(subject))
                return Erased(session.scalar(owned) or 0, 0, self._kept_because)
            count = _delete(session, self.model, self._owned(subject))
        return Erased(count, count)

    def prune(self, before: datetime) -> int:
        if self._old is None:
            return 0
        with self._sessions.begin() as session:
            return _delete(session, self.model, self._old(before))


def _delete(session: Session, model: type[Base], which: ColumnElement[bool]) -> int:
    done: CursorResult[Any] = session.connection().execute(delete(model).where(which))
    return done.rowcount


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, Enum) else value
