"""Active learning: which pairs of query and product to ask a person about.

A pair that both models order alike teaches little, whatever the answer. Asked about are those where
the reranker's order and the retriever's are furthest apart, near the top of either, where customers
look (query by committee: Seung, Opper and Sompolinsky, 1992).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from catalog.models import Product
from recommender.product_text import embedding_text, reranking_text
from recommender.reranking.reranker import Reranker
from recommender.training.data.dataset import Encode

_DEPTH = 20
"""Products of a query that are looked at."""
_A_QUERY = 3
"""Questions about one query at most: variety teaches more."""


@dataclass(frozen=True, slots=True)
class Unlabelled:
    query_id: str
    query: str
    product: Product
    doubt: float
    """How far the two models are apart, 0 to 1."""


def most_informative(
    queries: Mapping[str, str],
    judged: Mapping[str, Collection[str]],
    products: Sequence[Product],
    encode: Encode,
    reranker: Reranker,
    count: int,
) -> list[Unlabelled]:
    """So many pairs that nobody judged, the most doubtful first.

    Args:
        queries: by id.
        judged: the products that each query id has judgments of.
    """
    vectors = encode([embedding_text(product) for product in products])
    asked = encode(list(queries.values()))
    found: list[Unlabelled] = []
    for (query_id, query), vector in zip(queries.items(), asked, strict=True):
        cosines = vectors @ vector
        nearest = np.argsort(-cosines)[:_DEPTH]
        near = [products[place] for place in nearest]
        scores = reranker.scores(query, [reranking_text(product) for product in near])
        ranks = np.argsort(np.argsort(-scores))
        doubts = [
            Unlabelled(query_id, query, product, _doubt(place, int(rank), len(near)))
            for place, (product, rank) in enumerate(zip(near, ranks, strict=True))
            if product.id not in judged.get(query_id, ())
        ]
        found += sorted(doubts, key=lambda each: -each.doubt)[:_A_QUERY]
    return sorted(found, key=lambda each: -each.doubt)[:count]


def _doubt(first: int, second: int, of: int) -> float:
    """How far two places are apart, in the units of a discounted list: the top counts most."""
    gap = abs(1 / np.log2(first + 2) - 1 / np.log2(second + 2))
    return float(gap / (1 - 1 / np.log2(of + 1))) if of > 1 else 0.0


class AnswerFile:
    """Appends judgments to a qrels file, each at once: nothing is lost when it is interrupted."""

    def __init__(self, qrels: Path) -> None:
        self._qrels = qrels

    def add(self, query_id: str, product_id: str, relevance: float) -> None:
        is_new = not self._qrels.exists()
        text = "" if is_new else self._qrels.read_text(encoding="utf-8")
        with self._qrels.open("a", encoding="utf-8") as file:
            if is_new:
                file.write("query_id\tproduct_id\trelevance\n")
            elif not text.endswith("\n"):
                file.write("\n")
            file.write(f"{query_id}\t{product_id}\t{relevance:g}\n")


def answers(lines: Iterator[str]) -> Iterator[float | None]:
    """Relevances from what a person types: 3, 2, 1; None to skip one; ends with q or the input."""
    for line in lines:
        typed = line.strip().lower()
        if typed in ("q", "quit"):
            return
        if typed in ("", "s", "skip"):
            yield None
        elif typed in ("1", "2", "3"):
            yield float(typed)
