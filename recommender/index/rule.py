"""Which structure answers a search, by the number of products and by the filter.

What was measured for these numbers stands in docs/search-index.md; `benchmarks/growth.py` and
`benchmarks/filtered.py` measure it again.
"""

from dataclasses import dataclass
from enum import StrEnum


class Structure(StrEnum):
    FLAT = "flat"
    """Every vector is looked at: exact."""
    GPU = "gpu"
    """The same, on a GPU."""
    HNSW = "hnsw"
    """A graph over vectors of 8 bits a number; the best are scored again, exactly."""
    IVF_PQ = "ivfpq"
    """Lists of codes of two bits a number; the best are scored again, exactly."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A filtered search is always exact, whatever the size; this is for the others."""

    hnsw_from: int = 100_000
    """From so many vectors on, a graph takes over from looking at all."""
    ivf_pq_from: int = 2_000_000
    """From so many on, lists take over from the graph."""
    most_tail: float = 0.05
    """A structure is extended in the background when so large a share was added since; until then
    what was added is looked at vector by vector."""
    most_dead: float = 0.25
    """The index is written anew in the background when so large a share is of vectors that were
    replaced or removed."""
    least_changes: int = 8_192
    """Fewer vectors than these start nothing in the background."""

    def structure(
        self, vectors: int, *, present: Structure = Structure.FLAT, gpus: int = 0
    ) -> Structure:
        """What a search without a filter should use over so many vectors.

        What is present is kept down to half the size from which it is wanted, so that a catalogue
        that comes and goes around a limit does not build it again and again.
        """

        def reached(size: int, *structures: Structure) -> bool:
            return vectors >= (size / 2 if present in structures else size)

        if not reached(self.hnsw_from, Structure.GPU, Structure.HNSW, Structure.IVF_PQ):
            return Structure.FLAT
        if gpus:
            return Structure.GPU
        lists = reached(self.ivf_pq_from, Structure.IVF_PQ)
        return Structure.IVF_PQ if lists else Structure.HNSW

    def must_extend(self, covered: int, vectors: int) -> bool:
        return vectors - covered > max(self.least_changes, self.most_tail * vectors)

    def must_compact(self, dead: int, vectors: int) -> bool:
        return dead > max(self.least_changes, self.most_dead * vectors)
