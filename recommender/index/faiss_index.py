"""The default engine: FAISS and files, on one machine, shared by its processes."""

import contextlib
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from filelock import Timeout

from recommender.index.approximation import StoppedError
from recommender.index.generation import Generation
from recommender.index.generations import Generations
from recommender.index.port import BusyError, Hit, Ids, Vectors
from recommender.index.rule import Rule
from recommender.index.store import GONE, DamagedStoreError, Rows, VectorStore

_COPIED_AT_ONCE = 16_384
_log = logging.getLogger(__name__)


class FaissIndex:
    """See `VectorIndex` for what the methods promise, `VectorStore` for how it is durable, and
    `Rule` for which structure answers a search.

    `folder` may hold several models' indexes. Vectors and graph are mapped from files, so that
    processes share the memory.
    """

    def __init__(self, folder: Path, dimension: int, model: str, rule: Rule | None = None) -> None:
        self.dimension = dimension
        self.model = model
        self._rule = rule or Rule()
        self._generations = Generations(folder, dimension, model)
        self._generation: Generation | None = None
        self._damaged: Path | None = None
        # Of each id that was put or removed since the last commit: vector and digest, or None.
        self._pending: dict[int, tuple[Vectors, int] | None] = {}
        # One thread at a time changes what is in memory. A search needs no such leave.
        self._changing = threading.RLock()
        self._maintaining = threading.Lock()
        self._closed = threading.Event()
        self.refresh()

    @property
    def seq(self) -> int:
        return self._generation.state.seq if self._generation is not None else 0

    def __len__(self) -> int:
        return len(self._generation) if self._generation is not None else 0

    def put(self, ids: Ids, vectors: Vectors, digests: Ids) -> None:
        if vectors.shape != (len(ids), self.dimension) or len(digests) != len(ids):
            raise ValueError(
                f"{len(ids)} ids and {len(digests)} digests do not fit vectors of shape "
                f"{vectors.shape}"
            )
        with self._changing:
            for id, vector, digest in zip(ids.tolist(), vectors, digests.tolist(), strict=True):
                self._pending[id] = (vector, digest)

    def remove(self, ids: Ids) -> None:
        with self._changing:
            self._pending |= dict.fromkeys(ids.tolist())

    def commit(self, seq: int) -> None:
        with self._changing:
            changes = self._taken()
            with self._generations.lock:
                self.refresh()
                generation = self._generation
                if generation is None or self._damaged is not None:
                    generation = self._start_over()
                generation.store.commit(*changes, seq)
                generation.catch_up()

    def refresh(self, *, wait: bool = True) -> bool:
        if not self._changing.acquire(blocking=wait):
            raise BusyError
        try:
            while True:
                current = self._generations.current()
                if current is None or current == self._damaged:
                    return False
                try:
                    if self._generation is not None and self._generation.store.folder == current:
                        return self._generation.catch_up()
                    self._generation = self._opened(current)
                    self._damaged = None
                    return True
                except FileNotFoundError:
                    if current == self._generations.current():  # or another took its place
                        self._note_damage(current, "it is missing")
                except DamagedStoreError as error:
                    self._note_damage(current, str(error))
        finally:
            self._changing.release()

    def ids(self) -> Ids:
        return (
            self._generation.ids() if self._generation is not None else np.zeros(0, dtype=np.int64)
        )

    def digests(self, ids: Ids | None = None) -> dict[int, int]:
        return self._generation.digests(ids) if self._generation is not None else {}

    def vector(self, id: int) -> Vectors | None:
        return self._generation.vector(id) if self._generation is not None else None

    def search(self, vector: Vectors, k: int, allowed: Ids | None = None) -> list[Hit]:
        generation = self._generation
        if generation is None:
            return []
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(self.dimension)
        return generation.search(query, k, allowed)

    @contextlib.contextmanager
    def rebuild(self) -> Iterator["FaissIndex"]:
        with self._generations.building() as folder:
            fresh = FaissIndex(folder, self.dimension, self.model, self._rule)
            try:
                yield fresh
                built = fresh._generations.current()
            finally:
                fresh.close()
            if built is None:  # it committed nothing
                return
            with self._changing, self._generations.lock:
                self._generations.adopt(built)
            self.refresh()
            self._generations.collect()

    def maintain(self) -> None:
        with (
            contextlib.suppress(StoppedError, Timeout),
            self._generations.maintenance.acquire(timeout=0),  # one process is enough
            self._maintaining,
        ):
            if self._closed.is_set():
                return
            self.refresh()
            generation = self._generation
            if generation is None or self._damaged is not None:
                return
            try:
                if generation.must_compact:
                    self._compact(generation)
                else:
                    generation.approximate(self._closed.is_set)
                self.refresh()
                self._generations.collect()
                self._generations.collect_models()
            except (OSError, DamagedStoreError) as error:  # it answers as before
                if self._generations.current() == generation.store.folder:
                    _log.warning("Maintenance of the index was given up: %s", error)
                else:
                    _log.info("Another process renewed the index during maintenance: %s", error)

    def close(self) -> None:
        self._closed.set()
        with self._maintaining, self._changing:
            if self._generation is not None:
                self._generation.store.close()
            self._generations.close()

    def _taken(self) -> tuple[Ids, Vectors, Ids, Ids]:
        """What is pending, as `VectorStore.commit` wants it; then nothing is."""
        put = {id: change for id, change in self._pending.items() if change is not None}
        removed = self._pending.keys() - put.keys()
        self._pending = {}
        vectors = [vector for vector, _ in put.values()]
        return (
            np.fromiter(put, dtype=np.int64),
            np.stack(vectors) if vectors else np.zeros((0, self.dimension), dtype=np.float32),
            np.fromiter((digest for _, digest in put.values()), dtype=np.int64),
            np.fromiter(removed, dtype=np.int64),
        )

    def _opened(self, folder: Path) -> Generation:
        return Generation(VectorStore(folder, self.dimension, self.model), self._rule)

    def _note_damage(self, folder: Path, what: str) -> None:
        _log.warning("The index %s is damaged (%s); it is rebuilt", folder, what)
        self._damaged = folder

    def _start_over(self) -> Generation:
        """A new generation in service, with what this process still has of the one before."""
        folder = self._generations.new()
        store = VectorStore.create(folder, self.dimension, self.model)
        if self._generation is not None:
            _copy(self._generation, self._generation.rows(), store)
        self._generations.publish(folder)
        self._generation, self._damaged = Generation(store, self._rule), None
        return self._generation

    def _compact(self, old: Generation) -> None:
        """Writes the index anew without its dead vectors. Others may commit meanwhile."""
        with self._generations.building() as building:
            folder = building / "generation"
            store = VectorStore.create(folder, self.dimension, self.model)
            with self._changing:
                version, rows = old.state.version, old.rows()
            _copy(old, rows, store)
            Generation(store, self._rule).approximate(self._closed.is_set)
            with self._changing, self._generations.lock:
                self.refresh()
                if self._generation is not old:  # somebody's rebuild came first
                    return
                _copy(old, old.store.read(version)[1], store)
                store.close()
                self._generations.adopt(folder)


def _copy(old: Generation, rows: Rows, store: VectorStore) -> None:
    """Commits rows of a generation, and its seq with the last of them, to another store."""
    for start in range(0, max(1, len(rows.ids)), _COPIED_AT_ONCE):
        part = slice(start, start + _COPIED_AT_ONCE)
        ids, slots, digests = rows.ids[part], rows.slots[part], rows.digests[part]
        live = slots != GONE
        vectors = old.vectors_at(slots[live])
        store.commit(ids[live], vectors, digests[live], ids[~live], old.state.seq)
