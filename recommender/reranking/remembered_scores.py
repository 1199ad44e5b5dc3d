"""A reranker's scores, kept while a conversation goes on about the same thing.

A customer who looks for "running shoes" and then wants them red, under $100 and in a 9 says the
same search text again and again to the reranker, about mostly the same products.
"""

from collections import OrderedDict
from threading import Lock

import numpy as np

from recommender.reranking.reranker import Reranker, Scores
from recommender.reranking.time_budget import TimeBudget

_MOST_QUERIES = 500
_MOST_OF_ONE = 500
"""Products of a query. With that all of it takes 40 MB at the very worst."""


class RememberedScores:
    """Scores each pair of query and text once, as long as the query is among the latest.

    `budget` learns from the pairs that are read, and not from those that are remembered: else a
    conversation about one thing would make reading seem free. Thread-safe.
    """

    def __init__(self, reranker: Reranker, budget: TimeBudget) -> None:
        self.reranker = reranker
        self.budget = budget
        self._known: OrderedDict[str, dict[int, float]] = OrderedDict()
        self._lock = Lock()

    @property
    def blend(self) -> float:
        return self.reranker.blend

    def scores(self, query: str, texts: list[str]) -> Scores:
        keys = [hash(text) for text in texts]
        with self._lock:
            known = self._known.get(query, {})
            mine = {key: known[key] for key in keys if key in known}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in mine}
        if new:
            with self.budget.spending(len(new)):
                scores = self.reranker.scores(query, list(new.values()))
            mine |= zip(new, map(float, scores), strict=True)
        with self._lock:
            known = {**self._known.pop(query, {}), **mine}
            self._known[query] = known if len(known) <= _MOST_OF_ONE else mine
            while len(self._known) > _MOST_QUERIES:
                self._known.popitem(last=False)
        return np.array([mine[key] for key in keys], dtype=np.float32)
