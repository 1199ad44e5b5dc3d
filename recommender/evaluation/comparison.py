"""Dense retrieval alone against dense retrieval with the reranker on top."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.evaluation.collection import Collection
from recommender.evaluation.measures import PerQuery, Run, measure
from recommender.evaluation.significance import Difference, paired_difference
from recommender.reranking.reranker import Reranker
from recommender.training.data.dataset import Encode

RERANKED = 30
"""Candidates that the reranker sees of each query."""


@dataclass(frozen=True, slots=True)
class ScoredQuery:
    """One query's products, the nearest first, and how both models score them."""

    query_id: str
    product_ids: Sequence[str]
    cosines: NDArray[np.float32]
    """Of every product."""
    relevances: NDArray[np.float32]
    """The reranker's, of the first `RERANKED` products."""


@dataclass(frozen=True, slots=True)
class Comparison:
    collection: Collection
    dense: dict[str, PerQuery]
    """By measure."""
    reranked: dict[str, PerQuery]

    def difference(self, measure_name: str) -> Difference:
        return paired_difference(self.dense[measure_name], self.reranked[measure_name])


def score(collection: Collection, encode: Encode, reranker: Reranker) -> list[ScoredQuery]:
    """Every query's candidates with both models' scores, so that blends can be compared cheaply."""
    ids = list(collection.embedding_texts)
    place = {product_id: row for row, product_id in enumerate(ids)}
    vectors = encode(list(collection.embedding_texts.values()))
    queries = encode(list(collection.queries.values()))
    scored = []
    for (query_id, query), vector in zip(collection.queries.items(), queries, strict=True):
        rows = np.arange(len(ids))
        if collection.judged_only:
            rows = np.array([place[product_id] for product_id in collection.gains[query_id]])
        cosines = vectors[rows] @ vector
        order = np.argsort(-cosines, kind="stable")
        products = [ids[row] for row in rows[order]]
        texts = [collection.reranking_texts[product_id] for product_id in products[:RERANKED]]
        scored.append(
            ScoredQuery(query_id, products, cosines[order], reranker.scores(query, texts))
        )
    return scored


def run_of(scored: Sequence[ScoredQuery], blend: float) -> Run:
    """The order at a weight of the reranker from 0, dense alone, to 1.

    What the reranker did not see stays below what it saw, in its own order.
    """
    run: dict[str, dict[str, float]] = {}
    for query in scored:
        seen = len(query.relevances)
        blended = (1 - blend) * query.cosines[:seen] + blend * query.relevances
        order = [*np.argsort(-blended, kind="stable"), *range(seen, len(query.product_ids))]
        run[query.query_id] = {
            query.product_ids[row]: float(-position) for position, row in enumerate(order)
        }
    return run


def compare(collection: Collection, scored: Sequence[ScoredQuery], blend: float) -> Comparison:
    dense, reranked = (
        measure(
            run_of(scored, weight),
            collection.gains,
            relevant_from=collection.relevant_from,
        )
        for weight in (0.0, blend)
    )
    return Comparison(collection, dense, reranked)
