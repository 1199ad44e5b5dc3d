"""Ranked lists to learn from: a query, one or more right answers, and hard wrong ones."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.models import Product
from recommender.product_text import embedding_text, reranking_text
from recommender.training.judgments import Judgment
from recommender.training.synthetic import SyntheticQuery

Encode = Callable[[list[str]], NDArray[np.float32]]
"""Texts to L2-normalised vectors, float32 `[texts, dimensions]`."""

_DEPTH = 60
"""Wrong answers come from the products that the bi-encoder ranks this high."""
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
        gains: dict[str, dict[int, float]] = defaultdict(dict)
        for judgment in judgments:
            if judgment.product_id in self._place:
                gains[judgment.query][self._place[judgment.product_id]] = judgment.gain
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

    def _scores(self, queries: list[str]) -> NDArray[np.float32]:
        """Cosines, float32 `[queries, products]`."""
        return self._encode(queries) @ self._vectors.T if queries else np.empty((0, 0), np.float32)

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
