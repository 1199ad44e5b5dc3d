"""What the search asks of a vector index, whichever engine it is."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hit:
    id: int
    score: float
    """Inner product with the query: the cosine, because vectors have length 1."""


class BusyError(Exception):
    """Another thread is changing what the index has in memory."""


class VectorIndex(Protocol):
    """Nearest neighbours among unit vectors, each known by a 64-bit id; durable by itself.

    An engine is opened over a place (a folder, a server's collection) and a model. Several may be
    open over one place, in several processes: each sees what it held when it was opened, then what
    it commits itself, and what others committed once it calls `refresh`. Another model's vectors at
    the same place are not seen, and not harmed.

    A place that is damaged opens empty, with a warning in the log, and is whole again after the
    next commit. Every method may be called from any thread, searches beside changes; of several
    callers that change one place, each waits for the other's commit.
    """

    @property
    def dimension(self) -> int: ...

    @property
    def model(self) -> str:
        """Fingerprint of the model that made the vectors. Another model's do not compare."""

    @property
    def seq(self) -> int:
        """The last `product_changes.seq` that what is committed reflects; 0 at first."""

    def __len__(self) -> int: ...

    def put(self, ids: Ids, vectors: Vectors, digests: Ids) -> None:
        """Adds vectors `[n, dimension]`, or replaces those whose ids are there already.

        `digests` `[n]` says, for each, what text the vector was made from. Seen by searches, by
        `digests` and by others after `commit`; an engine may show it sooner.

        Raises:
            ValueError: the three do not fit together.
        """

    def remove(self, ids: Ids) -> None:
        """Forgets these ids, from `commit` on; ids that are not there are no error."""

    def commit(self, seq: int) -> None:
        """Makes everything since the last commit durable and visible, and `seq` with it.

        A process that dies before the end leaves the last commit's `seq`, so that whoever follows
        the log applies the same changes once more: an engine without transactions may have kept
        some of them. If it raises, what was to be committed is dropped.
        """

    def refresh(self, *, wait: bool = True) -> bool:
        """Takes over what others committed. Says whether a search may find anything else now.

        Cheap where nothing happened. A commit of `seq` alone is taken over, but is no news.

        Raises:
            BusyError: another thread commits or takes over, and `wait` is false.
        """

    def ids(self) -> Ids:
        """Every id in the index, in no order."""

    def digests(self, ids: Ids | None = None) -> dict[int, int]:
        """The digests of those of these ids that are in the index; without `ids`, of all."""

    def vector(self, id: int) -> Vectors | None:
        """The vector `[dimension]` of one id; None where it is not there."""

    def search(self, vector: Vectors, k: int, allowed: Ids | None = None) -> list[Hit]:
        """The `k` nearest to `vector` `[dimension]`, best first; fewer only if there are fewer.

        With `allowed`, the nearest of those ids, found exactly: never a filter after the search.
        Without, an engine may be approximate, but its scores are true cosines.
        """

    def rebuild(self) -> AbstractContextManager["VectorIndex"]:
        """An empty index beside this one, which takes its place when the block is left.

        >>> with index.rebuild() as fresh:
        ...     fresh.put(ids, vectors, digests)
        ...     fresh.commit(seq)

        Until then this one, here and in other processes, serves and may be changed as ever. A block
        that raises or commits nothing, or a process that dies in it, leaves this one. Whoever
        rebuilds must see to it that `fresh` misses no change: catch up with the log last, while
        nobody else commits.
        """

    def maintain(self) -> None:
        """Does what keeps searches fast and may take minutes: training, compaction.

        Cheap where there is nothing to do. Searches and changes go on beside it.
        """

    def close(self) -> None:
        """Ends `maintain` early, if it is at it, and lets go of files and connections."""
