"""Which ids a feed has had so far."""

import sqlite3
from collections.abc import Iterable
from types import TracebackType
from typing import Self


class Seen:
    """Ids and groups of a feed, in a temporary file, so that memory does not grow with the feed."""

    def __init__(self) -> None:
        # An empty name is SQLite's own temporary file: it spills there, and goes with the
        # connection.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE ids (id TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID;"
            "CREATE TABLE groups (id TEXT PRIMARY KEY, size INTEGER) WITHOUT ROWID;"
        )
        self.first_unidentified: int | None = None
        """The line of the first rejected row that may be about any product."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def add(self, id: str, line: int) -> int | None:
        """Note an accepted row. Returns the line of an earlier one with this id, if any."""
        row = self._database.execute("SELECT line FROM ids WHERE id = ?", (id,)).fetchone()
        if row is not None and row[0] is not None:
            earlier: int = row[0]
            return earlier
        self._database.execute("INSERT OR REPLACE INTO ids VALUES (?, ?)", (id, line))
        return None

    def add_rejected(self, id: str, line: int) -> None:
        """Note a row that stands in the feed, though it cannot be imported; its id may be empty."""
        if not id:
            self.first_unidentified = self.first_unidentified or line
            return
        self._database.execute("INSERT OR IGNORE INTO ids VALUES (?, NULL)", (id,))

    def place_in_group(self, group_id: str) -> int:
        """The position, from 0, of the next row of this group."""
        row = self._database.execute("SELECT size FROM groups WHERE id = ?", (group_id,)).fetchone()
        position: int = row[0] if row else 0
        self._database.execute(
            "INSERT OR REPLACE INTO groups VALUES (?, ?)", (group_id, position + 1)
        )
        return position

    def missing(self, ids: Iterable[str]) -> list[str]:
        """Those of these ids that the feed has not had."""
        known = "SELECT 1 FROM ids WHERE id = ?"
        return [id for id in ids if self._database.execute(known, (id,)).fetchone() is None]
