import math

import pytest

from recommender.evaluation.measures import MRR, NDCG, RECALL, mean, measure


def test_ndcg_is_the_textbook_formula() -> None:
    gains = {"q": {"a": 1.0, "b": 0.1, "c": 0.0}}
    run = {"q": {"c": 3.0, "b": 2.0, "a": 1.0}}
    dcg = 0.1 / math.log2(3) + 1.0 / math.log2(4)
    ideal = 1.0 + 0.1 / math.log2(3)
    assert measure(run, gains, relevant_from=1.0)[NDCG]["q"] == pytest.approx(dcg / ideal, abs=1e-4)


def test_reciprocal_rank_counts_only_what_is_relevant_enough() -> None:
    gains = {"q": {"a": 1.0, "b": 0.1}}
    run = {"q": {"b": 2.0, "a": 1.0}}
    assert measure(run, gains, relevant_from=1.0)[MRR]["q"] == 0.5
    assert measure(run, gains, relevant_from=0.1)[MRR]["q"] == 1.0


def test_the_eleventh_rank_is_too_late() -> None:
    run = {"q": {"a": 0.0, **{f"x{n}": 1.0 + n for n in range(10)}}}
    values = measure(run, {"q": {"a": 1.0}}, relevant_from=1.0)
    assert values[MRR]["q"] == values[NDCG]["q"] == 0.0


def test_a_query_without_results_counts_as_zero() -> None:
    values = measure({"p": {"a": 1.0}}, {"p": {"a": 1.0}, "q": {"a": 1.0}}, relevant_from=1.0)
    assert mean(values[NDCG]) == 0.5


def test_recall_is_the_share_of_the_relevant_within_a_hundred() -> None:
    gains = {"q": {"a": 1.0, "b": 1.0, "c": 0.1}}
    run = {"q": {"a": 200.0, "c": 199.0, **{f"x{n}": 100.0 - n for n in range(98)}, "b": 0.0}}
    assert measure(run, gains, relevant_from=1.0)[RECALL]["q"] == 0.5
    assert measure(run, gains, relevant_from=0.1)[RECALL]["q"] == pytest.approx(2 / 3)
