"""Reranking within its limits: of time, and of a model that fails."""

import logging

import numpy as np
import pytest

from catalog.models import Variant
from recommender.reranking.ranking import Ranked, reranked
from recommender.reranking.reranker import Scores
from recommender.reranking.time_budget import TimeBudget
from tests.recommender.conftest import product


class Reversing:
    """Likes the last best."""

    blend = 1.0

    def scores(self, query: str, texts: list[str]) -> Scores:
        return np.linspace(0, 1, len(texts), dtype=np.float32)


class Failing(Reversing):
    def scores(self, query: str, texts: list[str]) -> Scores:
        raise RuntimeError("out of memory")


class Short(TimeBudget):
    """Time for two."""

    def depth(self, products: int) -> int:
        return 2


@pytest.fixture
def candidates() -> list[Ranked]:
    found = []
    for number in range(4):
        fields = ("description", "brand", "category", "material", "gender")
        variant = Variant(id=f"p{number}", color="", size="")
        made = product(
            f"p{number}", f"Mug {number}", variant, attributes={}, **dict.fromkeys(fields, "")
        )
        found.append(Ranked(made, variant, 0.9 - number / 10))
    return found


def ids(ranked: list[Ranked]) -> list[str]:
    return [each.product.id for each in ranked]


def test_the_reranker_orders(candidates: list[Ranked]) -> None:
    ranked = reranked(Reversing(), "mug", candidates, TimeBudget(300))
    assert ids(ranked) == ["p3", "p2", "p1", "p0"]


def test_without_time_for_all_the_rest_follows_below(candidates: list[Ranked]) -> None:
    ranked = reranked(Reversing(), "mug", candidates, Short(300))
    assert ids(ranked) == ["p1", "p0", "p2", "p3"]
    scores = [each.score for each in ranked]
    assert scores == sorted(scores, reverse=True)


def test_a_model_that_fails_leaves_the_order(
    candidates: list[Ranked], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        ranked = reranked(Failing(), "mug", candidates, TimeBudget(300))
    assert ids(ranked) == ids(candidates)
    assert "ranked by retrieval alone" in caplog.text
