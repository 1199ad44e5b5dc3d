from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.training.data.click_judgments import click_judgments
from recommender.training.data.impressions import Impression
from recommender.training.data.position_bias import PositionBias

TIME = datetime(2026, 3, 1, tzinfo=UTC)


def shown(
    product: str, position: int | None, times: int, clicks: int, query: str = "kettle"
) -> list[Impression]:
    return [
        Impression(query, product, position, TIME, float(number < clicks))
        for number in range(times)
    ]


def gains(impressions: list[Impression], *, fewest: int = 1, eta: float = 1.0) -> dict[str, float]:
    judged = click_judgments(impressions, PositionBias(eta), fewest=fewest)
    return {each.product_id: each.gain for each in judged}


def test_as_many_clicks_further_down_are_worth_more() -> None:
    found = gains([*shown("top", 1, 100, 20), *shown("low", 4, 100, 20)])
    assert found["low"] == 1.0
    # 20 clicks of 100 looks and of 25, each with ten looks at the mean of 40 / 125 beside.
    assert found["top"] == pytest.approx((23.2 / 110) / (23.2 / 35))


def test_a_product_that_was_hardly_shown_is_not_judged() -> None:
    found = gains([*shown("a", 1, 50, 20), *shown("b", 2, 9, 9)], fewest=10)
    assert found == {"a": 1.0}


def test_few_impressions_prove_little() -> None:
    found = gains(
        [*shown("sure", 1, 500, 300), *shown("lucky", 1, 1, 1), *shown("other", 1, 500, 0)]
    )
    assert found["sure"] == 1.0
    assert found["lucky"] == pytest.approx(0.61, abs=0.01)


def test_a_query_that_nobody_found_an_answer_to_has_no_judgments() -> None:
    nobody = shown("a", 1, 80, 0, "unicorn")
    judged = click_judgments([*nobody, *shown("a", 1, 80, 9)], PositionBias(), fewest=1)
    assert {each.query for each in judged} == {"kettle"}
    assert click_judgments([], PositionBias()) == []


def test_impressions_without_a_place_count_only_where_none_has_one() -> None:
    unplaced = shown("a", None, 50, 10)
    assert gains(unplaced) == {"a": 1.0}
    assert set(gains([*unplaced, *shown("b", 1, 50, 10)])) == {"b"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["q1", "q2"]),
            st.sampled_from(["a", "b", "c"]),
            st.integers(1, 50),
            st.sampled_from([0.0, 1.0, 2.0, 4.0]),
        )
    )
)
def test_every_judged_query_has_a_best_answer_and_gains_from_0_to_1(
    rows: list[tuple[str, str, int, float]],
) -> None:
    impressions = [Impression(q, id, place, TIME, worth) for q, id, place, worth in rows]
    judged = click_judgments(impressions, PositionBias(), fewest=1)
    for query in {each.query for each in judged}:
        assert max(each.gain for each in judged if each.query == query) == 1.0
    assert all(0 < each.gain <= 1 for each in judged)
