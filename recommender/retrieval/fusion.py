"""One order out of two: a weighted sum of the lexical score and the cosine."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from recommender.index.port import Hit, Ids, VectorIndex, Vectors
from recommender.retrieval.lexical import LexicalIndex
from recommender.retrieval.lexical_snapshot import LexicalHits

# Chosen on development queries: docs/decisions/0012-lexical-beside-dense.md
_COSINE_WEIGHT = 0.5
_DEPTH = 3
_LEAST_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    pk: int
    score: float
    """0 to 1: the order. Comparable between queries only roughly."""
    cosine: float
    """Of query and product."""
    exact: bool = False
    """Whether the query holds its id, SKU or model number."""


class Retriever:
    """First-stage retrieval: lexical, dense, and both fused. Thread-safe.

    Fusion is a convex combination and not of ranks, because scores say how far apart two products
    are. Reference: Bruch, Gai and Ingber, An analysis of fusion functions for hybrid retrieval,
    2023. The lexical score is normalised by what a title that says all of the query would have,
    not by the best one found, so that a product which shares only a filler word stays low.
    """

    def __init__(self, lexical: LexicalIndex, dense: VectorIndex) -> None:
        self._lexical = lexical
        self._dense = dense

    def lexical(self, text: str, k: int, allowed: Ids | None = None) -> list[Hit]:
        """The `k` best by words alone; fewer where fewer share a word with `text`."""
        return self._lexical.search(text, k, allowed).hits

    def dense(self, vector: Vectors, k: int, allowed: Ids | None = None) -> list[Hit]:
        """The `k` nearest by meaning alone."""
        return self._dense.search(vector, k, allowed)

    def hybrid(
        self,
        text: str,
        vector: Vectors,
        k: int,
        allowed: Ids | None = None,
        exclude: Collection[int] = (),
    ) -> list[Candidate]:
        """Up to `k` by both, best first; what `text` names by id, SKU or model number leads."""
        depth = max(_DEPTH * k, _LEAST_DEPTH) + len(exclude)
        by_words = self._lexical.search(text, depth, allowed)
        cosines = {hit.id: hit.score for hit in self._dense.search(vector, depth, allowed)}
        cosines |= self._cosines(vector, by_words, cosines)
        words = {hit.id: hit.score for hit in by_words.hits}
        found = [
            Candidate(
                pk,
                _COSINE_WEIGHT * max(0.0, cosine) + (1 - _COSINE_WEIGHT) * words.get(pk, 0.0),
                cosine,
                pk in by_words.exact,
            )
            for pk, cosine in cosines.items()
            if pk not in exclude
        ]
        found.sort(key=lambda candidate: (not candidate.exact, -candidate.score, candidate.pk))
        return found[:k]

    def _cosines(
        self, vector: Vectors, by_words: LexicalHits, known: Collection[int]
    ) -> dict[int, float]:
        """Of what words alone found. What the vectors do not know yet is left out."""
        missing = [hit.id for hit in by_words.hits if hit.id not in known]
        hits = (
            self._dense.search(vector, len(missing), np.array(missing, dtype=np.int64))
            if missing
            else []
        )
        return {hit.id: hit.score for hit in hits}
