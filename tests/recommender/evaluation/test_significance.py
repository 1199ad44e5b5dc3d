import pytest

from recommender.evaluation.significance import Interval, mean_interval, paired_difference


def queries(*values: float) -> dict[str, float]:
    return {f"q{number}": value for number, value in enumerate(values)}


def test_a_steady_gain_is_significant() -> None:
    before = queries(*[0.4 + 0.001 * n for n in range(40)])
    after = {query: value + 0.1 + 0.001 * (len(query) % 2) for query, value in before.items()}
    difference = paired_difference(before, after)
    assert difference.mean == pytest.approx(0.1, abs=0.002)
    assert 0.09 < difference.low <= difference.mean <= difference.high < 0.11
    assert difference.p_value < 0.001


def test_ups_and_downs_are_not() -> None:
    difference = paired_difference(queries(*[0.5] * 20), queries(*[0.3, 0.7] * 10))
    assert difference.low < 0 < difference.high
    assert difference.p_value > 0.5


def test_no_change_at_all_is_no_difference() -> None:
    assert paired_difference(queries(0.5, 1.0), queries(0.5, 1.0)).p_value == 1.0


def test_other_queries_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="same queries"):
        paired_difference({"a": 1.0, "b": 1.0}, {"a": 1.0, "c": 1.0})
    with pytest.raises(ValueError, match="two queries"):
        paired_difference({"a": 1.0}, {"a": 0.0})


def test_the_interval_of_a_mean_holds_it_and_narrows_with_more_queries() -> None:
    few, many = (mean_interval(queries(*[0.0, 1.0] * number)) for number in (10, 1000))
    assert 0.2 < few.low < many.low < 0.5 < many.high < few.high < 0.8


def test_values_without_spread_are_their_own_interval() -> None:
    assert mean_interval(queries(0.5)) == Interval(0.5, 0.5)
    assert mean_interval(queries(1.0, 1.0)) == Interval(1.0, 1.0)
