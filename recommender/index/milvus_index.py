"""The engine for catalogues beyond one machine: Milvus."""

import contextlib
import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import TypeVar

import numpy as np

from recommender.errors import IndexUnavailableError
from recommender.index.milvus_collection import Change, MilvusCollection
from recommender.index.milvus_record import MilvusRecords, Record
from recommender.index.milvus_server import WRITE_SECONDS, GoneError, MilvusServer
from recommender.index.port import BusyError, Hit, Ids, Vectors

# Rows that are not flushed slow milvus-lite's searches down by 36 µs each (docs/scaling.md).
_FLUSH_FROM = 1_000
_Found = TypeVar("_Found")
_log = logging.getLogger(__name__)


class MilvusIndex:
    """See `VectorIndex` for what the methods promise.

    The vectors are the rows of one collection; a record says which one is in service, and its
    `seq`. Written last, the record makes a commit whole, and a rebuild take over, at once. A commit
    that dies halfway leaves rows that the next one, of the same changes, writes again.

    Two shops on one server need a database each: `http://host:19530/shop`.

    Raises:
        IndexUnavailableError: from any method, if Milvus does not answer, or refuses. The message
            says what to do.
    """

    def __init__(self, server: MilvusServer, dimension: int, model: str, *, name: str = "") -> None:
        self.dimension = dimension
        self.model = model
        self._server = server
        self._records = MilvusRecords(server)
        self._name = name or _name(model, dimension)
        self._record = Record()
        self._lost = ""
        self._count: int | None = 0
        self._unflushed = 0
        self._pending: dict[int, Change] = {}
        self._closed = False
        # One thread at a time changes what is in memory. A search needs no such leave.
        self._changing = threading.RLock()
        self.refresh()

    @classmethod
    def open(cls, uri: str, token: str, dimension: int, model: str) -> "MilvusIndex":
        """The index of a model on the server, or in the milvus-lite file, that `uri` names."""
        server = MilvusServer.share(uri, token)
        try:
            index = cls(server, dimension, model)
            if server.is_file:  # what the process that had it before did not get to
                index._flush()
            return index
        except BaseException:
            server.close()
            raise

    @property
    def seq(self) -> int:
        return self._record.seq

    def __len__(self) -> int:
        count = self._count
        if count is None:
            count = self._count = self._read(MilvusCollection.count, 0)
        return count

    def put(self, ids: Ids, vectors: Vectors, digests: Ids) -> None:
        if vectors.shape != (len(ids), self.dimension) or len(digests) != len(ids):
            raise ValueError(
                f"{len(ids)} ids and {len(digests)} digests do not fit vectors of shape "
                f"{vectors.shape}; this index holds vectors of {self.dimension} numbers"
            )
        vectors = np.array(vectors, dtype=np.float32)
        with self._changing:
            for id, vector, digest in zip(ids.tolist(), vectors, digests.tolist(), strict=True):
                self._pending[id] = (vector, digest)

    def remove(self, ids: Ids) -> None:
        with self._changing:
            self._pending |= dict.fromkeys(ids.tolist())

    def commit(self, seq: int) -> None:
        with self._changing, self._server.writing:
            changes, self._pending = self._pending, {}
            self.refresh()
            record = self._record
            if not record.collection:
                record = Record(self._new_collection().name)
            if not changes and record.version and record.seq == seq:
                return
            if changes:
                self._count = None
                self._collection(record).write(changes)
                self._unflushed += len(changes)
            if changes or not record.version:
                record = replace(record, version=_new_version())
            self._publish(replace(record, seq=seq))

    def refresh(self, *, wait: bool = True) -> bool:
        if not self._changing.acquire(blocking=wait):
            raise BusyError
        try:
            before = self._record
            record = self._records.read(self._name)
            if record.collection not in ("", before.collection, self._lost):
                if self._server.call("has_collection", record.collection):
                    self._lost = ""
                else:
                    _log.warning("Milvus has lost the index %s; it is rebuilt", record.collection)
                    self._lost = record.collection
            if record.collection == self._lost:
                record = Record()
            self._record = record
            if replace(record, seq=before.seq) == before:
                return False
            self._count = self._collection(record).count() if record.collection else 0
            return True
        finally:
            self._changing.release()

    def ids(self) -> Ids:
        return np.fromiter(self.digests(), dtype=np.int64)

    def digests(self, ids: Ids | None = None) -> dict[int, int]:
        return self._read(lambda collection: collection.digests(ids), {})

    def vector(self, id: int) -> Vectors | None:
        return self._read(lambda collection: collection.vector(id), None)

    def search(self, vector: Vectors, k: int, allowed: Ids | None = None) -> list[Hit]:
        query = np.ascontiguousarray(vector, dtype=np.float32)
        if query.shape != (self.dimension,):
            raise ValueError(
                f"A query of shape {query.shape} does not fit an index of vectors of "
                f"{self.dimension} numbers"
            )
        if k <= 0:
            return []
        if allowed is None:
            return self._read(lambda collection: collection.nearest(query, k), [])
        passing = np.unique(allowed)
        return self._read(lambda collection: collection.nearest_of(query, k, passing), [])

    @contextlib.contextmanager
    def rebuild(self) -> Iterator["MilvusIndex"]:
        name = f"{self._name}_{secrets.token_hex(4)}"
        fresh = MilvusIndex(self._server, self.dimension, self.model, name=name)
        with self._server.writing:
            first = fresh._new_collection()
            fresh._publish(Record(first.name))
        try:
            yield fresh
        except BaseException:
            with contextlib.suppress(IndexUnavailableError, GoneError), self._server.writing:
                first.drop()
                self._records.remove(name)
            raise
        with self._changing, self._server.writing:
            if fresh._record.version:  # it committed something
                self._publish(replace(fresh._record, version=_new_version()))
                self._count = None
                self._unflushed = fresh._unflushed
            else:
                self.refresh()
            self._drop_others()

    def maintain(self) -> None:
        if self._unflushed >= _FLUSH_FROM:
            try:
                self._flush()
            except IndexUnavailableError as error:
                _log.warning("Milvus did not index the last changes yet: %s", error)

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        # For a flush to end, but not forever: the garbage collector may close this while its
        # thread holds what the flush waits for.
        flushed = self._server.writing.acquire(timeout=WRITE_SECONDS)
        self._server.close()
        if flushed:
            self._server.writing.release()

    def _flush(self) -> None:
        with self._server.writing:
            self._unflushed = 0
            self._read(MilvusCollection.flush, None)

    def _read(self, read: Callable[[MilvusCollection], _Found], nothing: _Found) -> _Found:
        """What is read from the collection in service; `nothing` where there is none."""
        record = self._record
        if not record.collection:
            return nothing
        try:
            return read(self._collection(record))
        except GoneError:  # another process's rebuild took its place, or it is lost
            with self._changing:
                if self._record.collection == record.collection:
                    self._record = Record()
                self.refresh()
                record = self._record
        return read(self._collection(record)) if record.collection else nothing

    def _collection(self, record: Record) -> MilvusCollection:
        return MilvusCollection(self._server, record.collection)

    def _new_collection(self) -> MilvusCollection:
        """An empty one that nobody knows of yet."""
        collection = MilvusCollection(self._server, f"{self._name}_{secrets.token_hex(4)}")
        collection.create(self.dimension)
        return collection

    def _publish(self, record: Record) -> None:
        self._records.write(self._name, record)
        self._record = record

    def _drop_others(self) -> None:
        """Drops what this one took the place of, and what rebuilds that died have left."""
        for name in self._server.call("list_collections"):
            if name.startswith(f"{self._name}_") and name != self._record.collection:
                MilvusCollection(self._server, name).drop()
        self._records.remove(f"{self._name}_")


def _new_version() -> int:
    return 1 + secrets.randbits(62)


def _name(model: str, dimension: int) -> str:
    return f"aisle_{blake2b(f'{model}:{dimension}'.encode(), digest_size=8).hexdigest()}"
