"""The conversations themselves, in Rasa's tracker store."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    CursorResult,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    select,
)
from sqlalchemy import inspect as inspect_database

from bot.desk.ticket import transcript_of
from bot.privacy.store import Erased, Store
from bot.privacy.subject import Subject
from catalog.database import connect

# Rasa's own table: rasa.core.tracker_store.SQLTrackerStore.SQLEvent.
_EVENTS = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255)),
    Column("type_name", String(255)),
    Column("timestamp", Float),
    Column("data", Text),
)
_AT_ONCE = 50


class ConversationStore(Store):
    name = "conversations"

    def __init__(self, url: URL) -> None:
        self._url = url

    def conversations_of(self, subject: Subject) -> set[str]:
        """None: words prove nothing. Anybody may type an address or the number of an order, and
        what the assistant said names orders that were only asked about."""
        return set()

    def mentions(self, subject: Subject) -> set[str]:
        """Those in which the address was said, by whomever."""
        found: set[str] = set()
        with self._connection() as connection:
            if connection is None:
                return found
            for email in subject.emails:
                # As Rasa's JSON has it, which escapes what is not ASCII.
                written = json.dumps(email)[1:-1]
                naming = (
                    select(_EVENTS.c.sender_id)
                    .where(func.lower(_EVENTS.c.data).contains(written, autoescape=True))
                    .distinct()
                )
                found.update(connection.scalars(naming))
        return found

    def latest_slot(self, conversations: Iterable[str], name: str) -> Any:
        """What this slot was set to last, in whichever of them; None if it never was."""
        with self._connection() as connection:
            if connection is None:
                return None
            events = (
                select(_EVENTS.c.data)
                .where(_EVENTS.c.sender_id.in_(conversations), _EVENTS.c.type_name == "slot")
                .order_by(_EVENTS.c.timestamp.desc(), _EVENTS.c.id.desc())
                # Not all of a long conversation: the last of a slot is seldom far from its end.
                .execution_options(yield_per=_AT_ONCE)
            )
            for data in connection.scalars(events):
                event = json.loads(data)
                if event.get("name") == name and event.get("value") is not None:
                    return event["value"]
            return None

    def export(self, subject: Subject) -> list[dict[str, Any]]:
        with self._connection() as connection:
            if connection is None:
                return []
            return [
                {
                    "conversation": id,
                    "said": [line.to_json() for line in transcript_of(events)],
                    "events": events,
                }
                for id in sorted(subject.conversations)
                if (events := list(_events(connection, id)))
            ]

    def erase(self, subject: Subject) -> Erased:
        """What is counted are events."""
        count = self._delete(subject.conversations)
        return Erased(count, count)

    def prune(self, before: datetime) -> int:
        silent = (
            select(_EVENTS.c.sender_id)
            .group_by(_EVENTS.c.sender_id)
            .having(func.max(_EVENTS.c.timestamp) < before.timestamp())
        )
        with self._connection() as connection:
            ids = [] if connection is None else list(connection.scalars(silent))
        return self._delete(ids)

    def _delete(self, ids: Iterable[str]) -> int:
        count = 0
        with self._connection() as connection:
            if connection is None:
                return 0
            for id in ids:
                gone: CursorResult[Any] = connection.execute(
                    delete(_EVENTS).where(_EVENTS.c.sender_id == id)
                )
                count += gone.rowcount
        return count

    @contextmanager
    def _connection(self) -> Iterator[Connection | None]:
        """A transaction; None where nobody has ever chatted."""
        path = self._url.database
        if self._url.get_backend_name() == "sqlite" and not (path and Path(path).is_file()):
            yield None
            return
        engine = connect(self._url.render_as_string(hide_password=False))
        try:
            with engine.begin() as connection:
                if engine.dialect.name == "sqlite":
                    # Or the words would stay in the file's free pages.
                    connection.exec_driver_sql("PRAGMA secure_delete=ON")
                has_events = inspect_database(connection).has_table("events")
                yield connection if has_events else None
        finally:
            engine.dispose()


def _events(connection: Connection, id: str) -> Iterator[dict[str, Any]]:
    rows = select(_EVENTS.c.data).where(_EVENTS.c.sender_id == id).order_by(_EVENTS.c.id)
    for data in connection.scalars(rows).all():
        yield json.loads(data)
