"""What must outlive a restart: which messages came, where their senders are, what they may tap.

One SQLite file in the data folder. Its statements take microseconds, so they run in the event loop.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.channels.messaging.reply import Choice
from bot.channels.messaging.webhook import Incoming

_TABLES = """
CREATE TABLE IF NOT EXISTS inbox (
    channel TEXT NOT NULL, id TEXT NOT NULL, conversation TEXT NOT NULL, message TEXT NOT NULL,
    received_at REAL NOT NULL, is_done INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (channel, id));
CREATE INDEX IF NOT EXISTS inbox_by_time ON inbox (received_at);
CREATE TABLE IF NOT EXISTS contacts (
    conversation TEXT PRIMARY KEY, channel TEXT NOT NULL, person TEXT NOT NULL,
    address TEXT NOT NULL, heard_at REAL NOT NULL, choice_set INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS opted_out (person TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS choices (
    conversation TEXT NOT NULL, choice_set INTEGER NOT NULL, number INTEGER NOT NULL,
    title TEXT NOT NULL, payload TEXT NOT NULL, product TEXT NOT NULL,
    PRIMARY KEY (conversation, choice_set, number));
"""
KEPT_SETS = 10
"""How many turns back something that was shown can still be tapped."""
REMEMBERED_SECONDS = 7 * 24 * 60 * 60.0
"""Longer than any platform repeats a request."""


@dataclass(frozen=True)
class Contact:
    """Where somebody is on a platform."""

    conversation: str
    channel: str
    person: str
    """Opaque: who it is, in all of their conversations on the channel."""
    address: Mapping[str, Any]
    heard_at: float
    """Seconds since the epoch."""
    choice_set: int
    """The number of what was shown last."""
    is_stopped: bool
    """Whether they opted out."""


class Store:
    """One for each process; several share the file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=10, isolation_level=None)
        path.chmod(0o600)
        # Addresses of customers: what is deleted must be gone.
        self._db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;" + _TABLES
        )

    def close(self) -> None:
        self._db.close()

    def take(
        self, channel: str, conversation: str, person: str, message: Incoming, now: float
    ) -> bool:
        """Notes a message and where its sender is; False if it came before."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            taken = self._db.execute(
                "INSERT OR IGNORE INTO inbox (channel, id, conversation, message, received_at) "
                "VALUES (?, ?, ?, ?, ?)",
                (channel, message.id, conversation, json.dumps(asdict(message)), now),
            )
            if not taken.rowcount:
                return False
            self._db.execute(
                "INSERT INTO contacts (conversation, channel, person, address, heard_at) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (conversation) DO UPDATE "
                "SET address = excluded.address, heard_at = excluded.heard_at",
                (conversation, channel, person, json.dumps(dict(message.address)), now),
            )
            self._db.execute("DELETE FROM inbox WHERE received_at < ?", (now - REMEMBERED_SECONDS,))
        return True

    def done(self, channel: str, message_id: str) -> None:
        """A message is answered: its id stays, its words go."""
        self._db.execute(
            "UPDATE inbox SET is_done = 1, message = '' WHERE channel = ? AND id = ?",
            (channel, message_id),
        )

    def is_done(self, channel: str, message_id: str) -> bool:
        """Whether a message is answered."""
        found = self._db.execute(
            "SELECT is_done FROM inbox WHERE channel = ? AND id = ?", (channel, message_id)
        ).fetchone()
        return found is not None and bool(found[0])

    def unfinished(self, channel: str, since: float) -> list[tuple[str, Incoming]]:
        """Conversation and message of what an earlier process took and did not answer."""
        rows = self._db.execute(
            "SELECT conversation, message FROM inbox "
            "WHERE channel = ? AND is_done = 0 AND received_at >= ? ORDER BY received_at, rowid",
            (channel, since),
        )
        return [(row[0], Incoming(**json.loads(row[1]))) for row in rows]

    def contact(self, conversation: str) -> Contact | None:
        row = self._db.execute(
            "SELECT conversation, channel, person, address, heard_at, choice_set, "
            "person IN (SELECT person FROM opted_out) FROM contacts WHERE conversation = ?",
            (conversation,),
        ).fetchone()
        if row is None:
            return None
        return Contact(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5], bool(row[6]))

    def opt_out(self, person: str) -> None:
        """Somebody wants no more messages, in whichever conversation."""
        self._db.execute("INSERT OR IGNORE INTO opted_out VALUES (?)", (person,))

    def opt_in(self, person: str) -> None:
        """They want some again."""
        self._db.execute("DELETE FROM opted_out WHERE person = ?", (person,))

    def next_set(self, conversation: str) -> int:
        """The number of what is shown next: from here on typed numbers mean that."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "UPDATE contacts SET choice_set = choice_set + 1 WHERE conversation = ?",
                (conversation,),
            )
            contact = self.contact(conversation)
            return contact.choice_set if contact else 0

    def offer(self, conversation: str, choice_set: int, choices: Iterable[Choice]) -> None:
        """Remembers what is shown, so that nothing else can be chosen."""
        rows = [
            (conversation, choice_set, each.number, each.title, each.payload, each.product)
            for each in choices
        ]
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT OR REPLACE INTO choices VALUES (?, ?, ?, ?, ?, ?)", rows)
            self._db.execute(
                "DELETE FROM choices WHERE conversation = ? AND choice_set <= ?",
                (conversation, choice_set - KEPT_SETS),
            )

    def offered(self, conversation: str, choice_set: int) -> list[Choice]:
        """What was shown then, in the order of its numbers."""
        rows = self._db.execute(
            "SELECT number, title, payload, product FROM choices "
            "WHERE conversation = ? AND choice_set = ? ORDER BY number",
            (conversation, choice_set),
        )
        return [Choice(f"{choice_set}.{row[0]}", *row) for row in rows]
