"""One generation of an index on disk: which vectors there are, and the vectors."""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recommender.index.port import Ids, Vectors

ROWS = "rows.db"
VECTORS = "vectors.f32"
GONE = -1
"""The slot of a row whose vector was removed."""

_SCHEMA = """
CREATE TABLE meta (
    model TEXT NOT NULL, dimension INTEGER NOT NULL,
    seq INTEGER NOT NULL, version INTEGER NOT NULL, slots INTEGER NOT NULL,
    snapshot TEXT NOT NULL
);
CREATE TABLE rows (
    id INTEGER PRIMARY KEY, slot INTEGER NOT NULL, digest INTEGER NOT NULL, version INTEGER NOT NULL
);
CREATE INDEX rows_version ON rows (version);
"""
_BATCH = 65_536
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""A full disk, or a lock that somebody keeps, is none; nor is a connection that was closed."""
_PRIMARY = 0xFF
"""The bits of an error code that say its kind."""


class DamagedStoreError(Exception):
    """Files that cannot be read, or do not fit together. They can only be made anew."""


@dataclass(frozen=True, slots=True)
class State:
    """What the store says of itself, as of its last commit."""

    seq: int
    version: int
    """Counts the commits."""
    slots: int
    """How many slots of the file of vectors were ever used."""
    snapshot: str
    """What `set_snapshot` noted; empty at first."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some ids, each with the slot that holds its vector, or `GONE`, and its digest."""

    ids: Ids
    slots: Ids
    digests: Ids


class VectorStore:
    """A folder with a SQLite file of rows and a plain file of vectors, float32, slot after slot.

    A vector is written into a slot that no committed row names, and reaches the disk before the
    row that names it is committed; a slot is never written again. So a crash at any moment leaves
    whole vectors under whole rows, every process may map the file into its memory, and a change
    costs what it changes. The space of vectors that were replaced comes back when the whole is
    written anew, as another generation. Any thread may call any method.

    Raises:
        FileNotFoundError: there is no store in this folder (any more).
        DamagedStoreError: its files cannot be read, or are another model's.
    """

    def __init__(self, folder: Path, dimension: int, model: str) -> None:
        if not (folder / ROWS).exists():
            raise FileNotFoundError(folder / ROWS)
        self.folder = folder
        self.dimension = dimension
        self._using = threading.RLock()
        with self._guarded():
            self._connection = _connect(folder / ROWS, "rw")
            weakref.finalize(self, self._connection.close)
            self._connection.execute("PRAGMA synchronous=NORMAL")
            found = self._connection.execute("SELECT model, dimension FROM meta").fetchone()
        if found != (model, dimension):
            raise DamagedStoreError(f"{folder} was made with another embedding model")
        self._vectors = self._map(self.state().slots)

    @classmethod
    def create(cls, folder: Path, dimension: int, model: str) -> "VectorStore":
        """An empty store in a new folder."""
        folder.mkdir(parents=True)
        (folder / VECTORS).touch()
        try:
            with closing(_connect(folder / ROWS, "rwc")) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.executescript(_SCHEMA)
                row = (model, dimension)
                connection.execute("INSERT INTO meta VALUES (?, ?, 0, 0, 0, '')", row)
        except sqlite3.OperationalError as error:
            raise OSError(f"{folder / ROWS} cannot be made: {error}") from error
        return cls(folder, dimension, model)

    def state(self) -> State:
        with self._guarded():
            return self._state()

    def read(self, after: int) -> tuple[State, Rows]:
        """The state, and the rows that commits after this version changed, each as it is now."""
        with self._guarded(), self._transaction("DEFERRED"):
            found = self._connection.execute(
                "SELECT id, slot, digest FROM rows WHERE version > ?", (after,)
            )
            batches = [np.empty((3, 0), dtype=np.int64)]
            while batch := found.fetchmany(_BATCH):
                batches.append(self._numbers(batch))
            return self._state(), Rows(*np.concatenate(batches, axis=1))

    def vectors(self, slots: int) -> Vectors:
        """The first `slots` vectors, or more, `[slots, dimension]`: mapped, not read."""
        if len(self._vectors) < slots:
            self._vectors = self._map(slots)
        return self._vectors

    def commit(self, ids: Ids, vectors: Vectors, digests: Ids, removed: Ids, seq: int) -> None:
        """Adds or replaces `ids`, forgets `removed`, and notes `seq`: all of it or nothing.

        Ids are said once. Other processes that write wait meanwhile.
        """
        with self._guarded(), self._transaction("IMMEDIATE"):
            state = self._state()
            version = state.version + 1
            if len(ids):
                self._write(state.slots, vectors)
            slots = range(state.slots, state.slots + len(ids))
            self._connection.executemany(
                "INSERT INTO rows VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " slot = excluded.slot, digest = excluded.digest, version = excluded.version",
                (
                    (id, slot, digest, version)
                    for id, slot, digest in zip(ids.tolist(), slots, digests.tolist(), strict=True)
                ),
            )
            self._connection.executemany(
                "UPDATE rows SET slot = ?, version = ? WHERE id = ? AND slot <> ?",
                ((GONE, version, id, GONE) for id in removed.tolist()),
            )
            self._connection.execute(
                "UPDATE meta SET seq = ?, version = ?, slots = ?",
                (seq, version, state.slots + len(ids)),
            )

    def set_snapshot(self, snapshot: str) -> None:
        """Notes which file holds what can be searched faster than the vectors one by one."""
        with self._guarded(), self._transaction("IMMEDIATE"):
            self._connection.execute("UPDATE meta SET snapshot = ?", (snapshot,))

    def close(self) -> None:
        self._connection.close()

    def _state(self) -> State:
        query = "SELECT seq, version, slots, snapshot FROM meta"
        row = self._connection.execute(query).fetchone()
        if row is None:
            raise DamagedStoreError(f"{self.folder / ROWS} says nothing of itself")
        return State(*row)

    def _numbers(self, batch: list[tuple[int, int, int]]) -> Ids:
        try:
            return np.array(batch, dtype=np.int64).T
        except (TypeError, ValueError) as error:
            raise DamagedStoreError(f"{self.folder / ROWS} holds rows that are none") from error

    def _write(self, first: int, vectors: Vectors) -> None:
        content = np.ascontiguousarray(vectors, dtype=np.float32).tobytes()
        start = first * self.dimension * 4
        file = os.open(self.folder / VECTORS, os.O_WRONLY)
        try:
            while content:  # a write may be cut short, by a full disk for one
                written = os.pwrite(file, content, start)
                content, start = content[written:], start + written
            os.fdatasync(file)
        finally:
            os.close(file)

    def _map(self, slots: int) -> Vectors:
        """The file as an array; it is longer than `slots`, where others write beside us."""
        path = self.folder / VECTORS
        whole = path.stat().st_size // (self.dimension * 4)
        if whole < slots:
            raise DamagedStoreError(f"{path} is cut short")
        if not whole:
            return np.empty((0, self.dimension), dtype=np.float32)
        mapped: NDArray[np.float32] = np.memmap(
            path, dtype=np.float32, mode="r", shape=(whole, self.dimension)
        )
        return np.asarray(mapped)

    @contextmanager
    def _transaction(self, kind: Literal["DEFERRED", "IMMEDIATE"]) -> Iterator[None]:
        self._connection.execute(f"BEGIN {kind}")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # SQLite ends it itself where the disk is full
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            with self._using:
                yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code is None:  # Python's own: the connection is closed, for one
                raise
            path = self.folder / ROWS
            if not path.exists():
                raise FileNotFoundError(path) from error
            if code & _PRIMARY in _DAMAGE:
                raise DamagedStoreError(f"{path} cannot be read: {error}") from error
            raise OSError(f"{path}: {error}") from error


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """Never makes a file with `rw`: a generation that was deleted must not come back, empty."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=60,
        isolation_level=None,
        check_same_thread=False,
    )
