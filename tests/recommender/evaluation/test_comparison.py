import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.evaluation.collection import Collection
from recommender.evaluation.comparison import RERANKED, compare, run_of, score
from recommender.evaluation.measures import MRR, mean

Floats = NDArray[np.float32]


def angles(texts: list[str]) -> Floats:
    """Embeds a number as that angle in degrees."""
    radians = np.radians([float(text) for text in texts])
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


class Wants:
    """Finds one text relevant and no other."""

    blend = 0.5

    def __init__(self, text: str) -> None:
        self.text = text

    def scores(self, query: str, texts: list[str]) -> Floats:
        return np.array([text == self.text for text in texts], dtype=np.float32)


def collection(size: int = 4, *, relevant: str = "p2", judged_only: bool = False) -> Collection:
    texts = {f"p{number}": str(number) for number in range(size)}
    return Collection(
        name="angles",
        embedding_texts=texts,
        reranking_texts=texts,
        queries={"q": "0"},
        gains={"q": {relevant: 1.0, "p1": 0.0}},
        relevant_from=1.0,
        judged_only=judged_only,
    )


def order(run: dict[str, float]) -> list[str]:
    return sorted(run, key=lambda product: -run[product])


def test_without_the_reranker_the_nearest_comes_first() -> None:
    scored = score(collection(), angles, Wants("2"))
    assert order(dict(run_of(scored, 0.0)["q"])) == ["p0", "p1", "p2", "p3"]


def test_the_blend_lifts_what_the_reranker_wants() -> None:
    scored = score(collection(), angles, Wants("2"))
    assert order(dict(run_of(scored, 0.5)["q"])) == ["p2", "p0", "p1", "p3"]
    comparison = compare(collection(), scored, 0.5)
    assert mean(comparison.dense[MRR]) == pytest.approx(1 / 3)
    assert mean(comparison.reranked[MRR]) == 1.0


def test_what_the_reranker_did_not_see_stays_below() -> None:
    scored = score(collection(RERANKED + 5), angles, Wants(str(RERANKED + 2)))
    assert len(scored[0].relevances) == RERANKED
    assert order(dict(run_of(scored, 1.0)["q"])) == [f"p{n}" for n in range(RERANKED + 5)]


def test_a_judged_list_orders_only_its_own_products() -> None:
    scored = score(collection(judged_only=True), angles, Wants("2"))
    assert order(dict(run_of(scored, 0.0)["q"])) == ["p1", "p2"]
