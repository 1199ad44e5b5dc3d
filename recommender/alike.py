"""The products nearest to one in meaning, among those that obey some constraints."""

from sqlalchemy.orm import Session

from catalog.models import Product
from recommender.filtering.filter import Filter
from recommender.grouping import group_keys
from recommender.index.port import VectorIndex, Vectors
from recommender.reranking import ranking
from recommender.reranking.ranking import Ranked
from recommender.retrieval.fusion import Candidate

_SPARE = 10
"""Hits beyond those wanted, because some may be duplicates."""


def alike(
    session: Session,
    index: VectorIndex,
    product: Product,
    vector: Vectors,
    passing: Filter,
    k: int,
    exclude: set[int],
) -> list[Ranked]:
    """Up to `k` other products, nearest first, one of each and what can be had before the rest.

    Args:
        vector: The product's, `[dimension]`.
        exclude: The pks of further products not to find.
    """
    allowed = passing.products(session) if passing else None
    excluded = exclude | {product.pk}
    seen = group_keys(session, excluded)
    found: list[Ranked] = []
    wanted = k + _SPARE
    while len(found) < k:
        hits = index.search(vector, wanted + len(excluded), allowed)
        hits = [hit for hit in hits if hit.id not in excluded]
        near = [Candidate(hit.id, hit.score, hit.score) for hit in hits]
        found = ranking.one_of_each(ranking.read(session, near, passing), seen)
        if len(hits) < wanted:
            break  # that was everything
        wanted *= 4  # a feed may list every colour of it as a product
    return ranking.in_stock_first(found[:k])
