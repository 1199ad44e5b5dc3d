"""No pair is scored twice while its query is fresh, and every score is its own pair's."""

import numpy as np
import pytest

from recommender.reranking import remembered_scores, time_budget
from recommender.reranking.remembered_scores import RememberedScores
from recommender.reranking.reranker import Scores
from recommender.reranking.time_budget import TimeBudget


class Counting:
    blend = 0.7

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, query: str, texts: list[str]) -> Scores:
        self.asked.append((query, texts))
        return np.array([len(query) + len(text) / 100 for text in texts], dtype=np.float32)


def test_only_what_is_new_is_scored() -> None:
    reranker = Counting()
    remembered = RememberedScores(reranker, TimeBudget(300))
    assert remembered.scores("mug", ["a", "bb"]) == pytest.approx([3.01, 3.02])
    assert remembered.scores("mug", ["ccc", "a"]) == pytest.approx([3.03, 3.01])
    assert remembered.scores("mug", ["bb", "a"]) == pytest.approx([3.02, 3.01])
    assert reranker.asked == [("mug", ["a", "bb"]), ("mug", ["ccc"])]


def test_another_query_scores_anew() -> None:
    reranker = Counting()
    remembered = RememberedScores(reranker, TimeBudget(300))
    remembered.scores("mug", ["a"])
    assert remembered.scores("cup!", ["a"]) == pytest.approx([4.01])


def test_a_text_may_come_twice() -> None:
    assert RememberedScores(Counting(), TimeBudget(300)).scores("mug", ["a", "a"]) == pytest.approx(
        [3.01, 3.01]
    )


def test_no_text_is_no_score() -> None:
    assert RememberedScores(Counting(), TimeBudget(300)).scores("mug", []).shape == (0,)


def test_the_oldest_queries_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered_scores, "_MOST_QUERIES", 2)
    reranker = Counting()
    remembered = RememberedScores(reranker, TimeBudget(300))
    for query in ("mug", "cup", "mug", "pan", "mug", "cup"):
        remembered.scores(query, ["a"])
    assert [query for query, _ in reranker.asked] == ["mug", "cup", "pan", "cup"]


def test_a_query_about_everything_does_not_grow_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remembered_scores, "_MOST_OF_ONE", 3)
    reranker = Counting()
    remembered = RememberedScores(reranker, TimeBudget(300))
    remembered.scores("mug", ["a", "b"])
    assert remembered.scores("mug", ["c", "d", "e"]).shape == (3,)
    assert remembered.scores("mug", ["a"]) == pytest.approx([3.01])


def test_remembered_pairs_do_not_make_reading_seem_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))  # every reading takes a second of it
    monkeypatch.setattr(time_budget, "perf_counter", lambda: next(clock))
    remembered = RememberedScores(Counting(), TimeBudget(5_000))
    for _ in range(20):
        remembered.scores("mug", ["a", "bb"])
    assert remembered.budget.depth(30) == 10  # half a second a product
    remembered.scores("mug", ["a", "bb", "ccc"])  # a second for the only new one
    assert remembered.budget.depth(30) == 8


def test_the_weight_is_the_rerankers() -> None:
    assert RememberedScores(Counting(), TimeBudget(300)).blend == 0.7
