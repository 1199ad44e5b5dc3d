"""What the messaging channels keep of their customers, in a file of Rasa's process."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.privacy.store import Erased, Store
from bot.privacy.subject import Subject

_TABLES = ("inbox", "choices", "contacts")


class MessagingStore(Store):
    """The file of bot/channels/messaging/store.py.

    An opt-out stays, under an id that tells nothing: whoever said so must not be written to because
    they were forgotten.
    """

    name = "messaging_contacts"

    def __init__(self, path: Path) -> None:
        self._path = path

    def conversations_of(self, subject: Subject) -> set[str]:
        """None: whose a conversation is, other stores know."""
        return set()

    def export(self, subject: Subject) -> list[dict[str, Any]]:
        with self._connection() as connection:
            if connection is None:
                return []
            found = []
            for conversation in sorted(subject.conversations):
                rows = connection.execute(
                    "SELECT channel, address, heard_at, person IN (SELECT person FROM opted_out) "
                    "FROM contacts WHERE conversation = ?",
                    (conversation,),
                )
                for channel, address, heard_at, is_stopped in rows:
                    contact = {"channel": channel, "address": json.loads(address)}
                    said = {"heard_at": heard_at, "is_stopped": bool(is_stopped)}
                    found.append({"conversation": conversation, **contact, **said})
            return found

    def erase(self, subject: Subject) -> Erased:
        """What is counted are contacts."""
        count = self._delete(subject.conversations)
        return Erased(count, count)

    def prune(self, before: datetime) -> int:
        with self._connection() as connection:
            if connection is None:
                return 0
            silent = "SELECT conversation FROM contacts WHERE heard_at < ?"
            ids = [row[0] for row in connection.execute(silent, (before.timestamp(),))]
        return self._delete(frozenset(ids))

    def _delete(self, conversations: frozenset[str]) -> int:
        count = 0
        with self._connection() as connection:
            if connection is None:
                return 0
            for conversation in conversations:
                for table in _TABLES:
                    gone = connection.execute(
                        f"DELETE FROM {table} WHERE conversation = ?",  # noqa: S608 - our names
                        (conversation,),
                    )
                count += gone.rowcount  # of the last one, the contacts
        return count

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection | None]:
        """A transaction; None where no messaging channel was ever open."""
        if not self._path.is_file():
            yield None
            return
        connection = sqlite3.connect(self._path, timeout=10)
        try:
            connection.execute("PRAGMA secure_delete=ON")
            with connection:
                yield connection
        finally:
            connection.close()
