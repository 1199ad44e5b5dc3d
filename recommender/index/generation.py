"""One generation of the FAISS index, in memory: what its store holds, and how it is searched."""

import contextlib
import logging
import os
from collections.abc import Callable, Iterator

import faiss
import numpy as np

from recommender.index import approximation, scan
from recommender.index.approximation import Approximation, DamagedSnapshotError
from recommender.index.port import Hit, Ids, Vectors
from recommender.index.rule import Rule, Structure
from recommender.index.shared_lock import SharedLock
from recommender.index.slots import Slots, SlotTable
from recommender.index.store import GONE, DamagedStoreError, Rows, State, VectorStore

_CHECKED = 65_536
_LENGTH_TOLERANCE = 1e-2
_log = logging.getLogger(__name__)


class Generation:
    """Rows and vectors as of the last `catch_up`. Searches run side by side, and beside changes.

    Raises:
        DamagedStoreError: the store cannot be read, or its vectors are no unit vectors.
    """

    def __init__(self, store: VectorStore, rule: Rule) -> None:
        self.store = store
        self.state = State(seq=0, version=0, slots=0, snapshot="")
        self._rule = rule
        self._lock = SharedLock()
        self._table = SlotTable()
        self._vectors = store.vectors(0)
        self._approximation: Approximation | None = None
        self.catch_up()
        self._check_vectors()

    def __len__(self) -> int:
        return len(self._table)

    def catch_up(self) -> bool:
        """Takes over what was committed since; whether any row was. One thread at a time."""
        if self.store.state() == self.state:
            return False
        state, rows = self.store.read(self.state.version)
        vectors = self.store.vectors(state.slots)
        renewed = state.snapshot != self.state.snapshot
        approximation = self._load(state.snapshot) if renewed else None
        with self._lock.writing():
            self._vectors = vectors
            self._table.apply(rows, state.slots)
            if renewed:  # or maintenance has built one for this process meanwhile
                self._approximation = approximation
            self.state = state
        return bool(len(rows.ids))

    def rows(self) -> Rows:
        with self._lock.reading():
            return self._table.rows()

    def ids(self) -> Ids:
        return self.rows().ids

    def digests(self, ids: Ids | None) -> dict[int, int]:
        with self._lock.reading():
            return self._table.digests_of(ids)

    def vectors_at(self, slots: Slots) -> Vectors:
        return self._vectors[slots]

    def vector(self, id: int) -> Vectors | None:
        with self._lock.reading():
            (slot,) = self._table.slots_of(np.array([id], dtype=np.int64))
            return None if slot == GONE else self._vectors[slot].copy()

    def search(self, vector: Vectors, k: int, allowed: Ids | None) -> list[Hit]:
        """See `VectorIndex.search`."""
        # One query is soon answered; threads would wait for each other longer.
        with _threads(1), self._lock.reading():
            k = min(k, len(self._table))
            if k <= 0:
                return []
            if allowed is not None:
                slots, scores = self._among(vector, k, allowed)
            elif self._approximation is not None:
                slots, scores = self._nearly_nearest(self._approximation, vector, k)
            else:
                slots, scores = self._nearest(vector, k, 0)
            ids = self._table.ids[slots]
        return [Hit(id, score) for id, score in zip(ids.tolist(), scores.tolist(), strict=True)]

    def _among(self, query: Vectors, k: int, allowed: Ids) -> tuple[Slots, scan.Scores]:
        slots = self._table.slots_of(allowed)
        slots = scan.distinct(slots[slots != GONE], self._table.used)
        scores = scan.scores_at(self._vectors, slots, query)
        chosen = scan.best(scores, k)
        return slots[chosen], scores[chosen]

    def _nearest(self, query: Vectors, k: int, first: int) -> tuple[Slots, scan.Scores]:
        """The nearest of the slots from `first` on; fewer than `k` if there are fewer."""
        used = self._table.used
        scores = scan.scores_of_all(self._vectors[first:used], query)
        scores[~self._table.alive[first:used]] = -np.inf
        chosen = scan.best(scores, k)
        chosen = chosen[scores[chosen] > -np.inf]
        return chosen + first, scores[chosen]

    def _nearly_nearest(
        self, approximation: Approximation, query: Vectors, k: int
    ) -> tuple[Slots, scan.Scores]:
        covered = approximation.covered
        alive = self._table.alive
        found = approximation.search(query, k, alive)
        if len(found) < k and len(found) < alive[:covered].sum():
            return self._nearest(query, k, 0)
        tail, tail_scores = self._nearest(query, k, covered)
        slots = np.concatenate([found, tail])
        scores = np.concatenate([scan.scores_at(self._vectors, found, query), tail_scores])
        chosen = scan.best(scores, k)
        return slots[chosen], scores[chosen]

    @property
    def must_compact(self) -> bool:
        return self._rule.must_compact(self._table.used - len(self._table), self._table.used)

    def approximate(self, stopped: Callable[[], bool]) -> None:
        """Builds or extends the structure that the rule wants for this size, if it is not there.

        Raises:
            StoppedError: `stopped` said so.
        """
        with self._lock.reading():
            used, live = self._table.used, self._table.rows().slots
        present = self._approximation
        wanted = self._rule.structure(
            len(live),
            present=present.structure if present else Structure.FLAT,
            gpus=approximation.gpus(),
        )
        if wanted is Structure.FLAT:
            if present is not None:
                self._serve(None)
            return
        if (
            present is not None
            and present.structure is wanted
            and not self._rule.must_extend(present.covered, used)
        ):
            return
        extensible = self._extensible()
        with _threads(max(1, (os.cpu_count() or 1) // 2)):
            built = approximation.build(
                wanted, self._vectors[:used], live, extending=extensible, stopped=stopped
            )
        self._serve(built)

    def _serve(self, built: Approximation | None) -> None:
        if built is not None and built.structure is Structure.GPU:  # each process has its own
            with self._lock.writing():
                self._approximation = built
            return
        name = built.save(self.store.folder) if built else ""
        self.store.set_snapshot(name)
        for file in self.store.folder.glob("*.faiss"):
            if file.name != name:  # who has it mapped keeps it
                file.unlink(missing_ok=True)

    def _extensible(self) -> Approximation | None:
        if not self.state.snapshot:
            return None
        with contextlib.suppress(DamagedSnapshotError):
            return approximation.load(self.store.folder, self.state.snapshot, mapped=False)
        return None

    def _load(self, snapshot: str) -> Approximation | None:
        if not snapshot:
            return None
        try:
            return approximation.load(self.store.folder, snapshot)
        except DamagedSnapshotError as error:
            _log.warning("%s; searches look at every vector until it is rebuilt", error)
            return None

    def _check_vectors(self) -> None:
        """Looks at so many vectors that damage shows, and no more: they may be gigabytes."""
        slots = self._table.rows().slots
        some = self._vectors[slots[:: max(1, len(slots) // _CHECKED)]]
        lengths = np.einsum("ij,ij->i", some, some)
        if not (np.abs(lengths - 1) < _LENGTH_TOLERANCE).all():
            raise DamagedStoreError(f"{self.store.folder} holds vectors that are not of length 1")


@contextlib.contextmanager
def _threads(number: int) -> Iterator[None]:
    """Lets OpenMP use so many, in what the calling thread does meanwhile.

    PyTorch asks the same OpenMP, so whoever searched must find it as it was.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(number)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
