import pytest

from recommender.evaluation.significance import paired_difference


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
