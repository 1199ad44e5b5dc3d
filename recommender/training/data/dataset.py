"""Ranked lists to learn from: a query, one or more right answers, and hard wrong ones."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.models import Product
from recommender.product_text import embedding_text, reranking_text
from recommender.training.data.judgments import Judgment
from recommender.training.data.synthetic import SyntheticQuery

Encode = Callable[[list[str]], NDArray[np.float32]]
"""Texts to L2-normalised vectors, float32 `[texts, dimensions]`."""

_MOST_JUDGED = 24
_DEPTH = 60
"""Wrong answers come from the products that the bi-encoder ranks this high."""
_SCORED_AT_ONCE = 512
_SAME_PRODUCT = 0.93
"""Cosine of two products' texts from which they are taken for the same thing."""
_UNJUDGED_MARGIN = 0.08
"""An unjudged product this much nearer the query than a judged Exact may well be right too."""


@dataclass(frozen=True, slots=True)
class RankedList:
    query: str
    texts: tuple[str, ...]
    """Product texts as the reranker reads them, the best first."""
    gains: tuple[float, ...]
    """Of each text, from 0 to 1."""
    cosines: tuple[float, ...]
    """Of each text's embedding with the query's."""

    @property
    def difficulty(self) -> float:
        """By how much the best wrong answer's cosine exceeds that of the best right one."""
        best = max(self.gains)
        right = max(c for c, gain in zip(self.cosines, self.gains, strict=True) if gain == best)
        wrong = [c for c, gain in zip(self.cosines, self.gains, strict=True) if gain < best]
        return max(wrong, default=-1.0) - right


def by_query(judgments: Iterable[Judgment]) -> dict[str, dict[str, float]]:
    """The gain of each judged product, for each query."""
    gains: dict[str, dict[str, float]] = defaultdict(dict)
    for judgment in judgments:
        gains[judgment.query][judgment.product_id] = judgment.gain
    return gains


def judged_lists(
    judgments: Sequence[Judgment], products: Sequence[Product], encode: Encode | None
) -> list[RankedList]:
    """What was judged and nothing else: one list for each query with products that differ.

    Args:
        encode: gives the cosines; without it they are 0.
    """
    gains = by_query(judgments)
    known = {product.id: product for product in products}
    lists = []
    for query, judged in gains.items():
        ids = sorted((id for id in judged if id in known), key=lambda id: -judged[id])[
            :_MOST_JUDGED
        ]
        if len({judged[id] for id in ids}) < 2:
            continue  # an order that any model gets right
        cosines = [0.0] * len(ids)
        if encode is not None:
            vectors = encode([query, *(embedding_text(known[id]) for id in ids)])
            cosines = [float(cosine) for cosine in vectors[1:] @ vectors[0]]
        texts = tuple(reranking_text(known[id]) for id in ids)
        lists.append(RankedList(query, texts, tuple(judged[id] for id in ids), tuple(cosines)))
    return lists


class HardNegatives:
    """Wrong answers that the bi-encoder likes, from one catalogue.

    Args:
        products: all that may be shown to the model; held-out ones are left out by the caller.
    """

    def __init__(self, products: Sequence[Product], encode: Encode, per_query: int) -> None:
        self._products = products
        self._encode = encode
        self._per_query = per_query
        self._texts = [reranking_text(product) for product in products]
        self._vectors = encode([embedding_text(product) for product in products])
        self._place = {product.id: place for place, product in enumerate(products)}

    def for_synthetic(
        self, queries: Sequence[SyntheticQuery], rng: random.Random
    ) -> list[RankedList]:
        """One list a query. Left out: what answers the query too, and near-copies of the product
        that the query came from, unless they break a requirement of the query."""
        lists = []
        for query, scores in zip(queries, self._scores([q.text for q in queries]), strict=True):
            right = self._place[query.product.id]
            alike = self._vectors @ self._vectors[right] > _SAME_PRODUCT

            def is_wrong(
                place: int, query: SyntheticQuery = query, alike: NDArray[np.bool_] = alike
            ) -> bool:
                product = self._products[place]
                if query.is_broken_by(product):
                    return True
                return not alike[place] and not query.is_answered_by(product)

            lists.append(self._list(query.text, {right: 1.0}, scores, is_wrong, rng))
        return lists

    def for_judged(self, judgments: Sequence[Judgment], rng: random.Random) -> list[RankedList]:
        """One list for each query that has a product with gain; judged products keep their gains.
        Judgments of products that are not in the catalogue are skipped."""
        place = self._place
        gains = {
            query: {place[id]: gain for id, gain in judged.items() if id in place}
            for query, judged in by_query(judgments).items()
        }
        gains = {query: judged for query, judged in gains.items() if judged}
        queries = [query for query, judged in gains.items() if max(judged.values()) > 0]
        lists = []
        for query, scores in zip(queries, self._scores(queries), strict=True):
            judged = gains[query]
            best = max(judged, key=lambda place: (judged[place], scores[place]))
            alike = self._vectors @ self._vectors[best] > _SAME_PRODUCT
            doubtful = alike | (scores > scores[best] + _UNJUDGED_MARGIN)

            def is_wrong(place: int, doubtful: NDArray[np.bool_] = doubtful) -> bool:
                return not doubtful[place]

            lists.append(self._list(query, judged, scores, is_wrong, rng))
        return lists

    def _scores(self, queries: list[str]) -> Iterator[NDArray[np.float32]]:
        """Of each query the cosines, float32 `[products]`; those of all may not fit at once."""
        for start in range(0, len(queries), _SCORED_AT_ONCE):
            yield from self._encode(queries[start : start + _SCORED_AT_ONCE]) @ self._vectors.T

    def _list(
        self,
        query: str,
        gains: dict[int, float],
        scores: NDArray[np.float32],
        is_wrong: Callable[[int], bool],
        rng: random.Random,
    ) -> RankedList:
        nearest = [int(place) for place in np.argsort(-scores)[:_DEPTH]]
        wrong = [place for place in nearest if place not in gains and is_wrong(place)]
        # Mostly the hardest; some from further down keep the scores sane there.
        hard, rest = wrong[: 3 * self._per_query], wrong[3 * self._per_query :]
        from_rest = min(len(rest), self._per_query // 4)
        chosen = rng.sample(hard, min(len(hard), self._per_query - from_rest))
        chosen += rng.sample(rest, from_rest)
        # A much-judged query would make one step of the training as long as many.
        kept = sorted(gains, key=lambda place: -gains[place])[: self._per_query]
        places = [*kept, *chosen][: self._per_query + 1]
        return RankedList(
            query=query,
            texts=tuple(self._texts[place] for place in places),
            gains=tuple(gains.get(place, 0.0) for place in places),
            cosines=tuple(float(scores[place]) for place in places),
        )
