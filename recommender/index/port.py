"""What the search asks of a vector index, whichever engine it is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]


class DamagedIndexError(Exception):
    """An index file that cannot be read, or belongs to another model. It can only be rebuilt."""


@dataclass(frozen=True, slots=True)
class Hit:
    id: int
    score: float
    """Inner product with the query: the cosine, because vectors have length 1."""


class VectorIndex(Protocol):
    """Exact nearest neighbours among unit vectors, each known by a 64-bit id.

    Every method may be called from any thread.
    """

    @property
    def dimension(self) -> int: ...

    @property
    def model(self) -> str:
        """Fingerprint of the model that made the vectors. Another model's do not compare."""

    @property
    def seq(self) -> int:
        """The last `product_changes.seq` that the vectors reflect."""

    @seq.setter
    def seq(self, seq: int) -> None: ...

    def __len__(self) -> int: ...

    def put(self, ids: Ids, vectors: Vectors, digests: Ids) -> None:
        """Adds vectors `[n, dimension]`, or replaces those whose ids are there already.

        `digests` `[n]` says, for each, what text the vector was made from.
        """

    def remove(self, ids: Ids) -> None:
        """Forgets these ids; ids that are not there are no error."""

    def digests(self) -> dict[int, int]:
        """The digest of every id in the index."""

    def vector(self, id: int) -> Vectors | None:
        """The vector `[dimension]` of one id; None where it is not there."""

    def search(self, vector: Vectors, k: int, allowed: Ids | None = None) -> list[Hit]:
        """The `k` nearest to `vector` `[dimension]`, best first; fewer only if there are fewer.

        With `allowed`, the nearest of those ids, found exactly: never a filter after the search.
        """

    def save(self, path: Path) -> None:
        """Writes the index so that a crash at any moment leaves the old file or the new one."""
