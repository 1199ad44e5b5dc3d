import pytest

from recommender.evaluation.judged_queries import JudgedQueries
from recommender.evaluation.measures import MRR, NDCG, RECALL
from recommender.evaluation.search_report import SearchReport
from recommender.evaluation.stage import StageRun

QUERIES = JudgedQueries(
    {f"q{n}": f"query {n}" for n in range(4)},
    {
        "q0": {"a": 3.0, "b": 1.0},
        "q1": {"a": 3.0, "b": 2.33},
        "q2": {"a": 3.0},
        "q3": {"a": 2.0},  # nothing relevant
    },
)


def run(*orders: str, ms: float) -> StageRun:
    """One word of product letters for each query, best first."""
    return StageRun(
        {
            f"q{n}": {product: float(-place) for place, product in enumerate(order)}
            for n, order in enumerate(orders)
        },
        {f"q{n}": ms * (n + 1) for n in range(len(orders))},
    )


@pytest.fixture
def report() -> SearchReport:
    runs = {"worse": run("ba", "xb", "x", "x", ms=1.0), "better": run("ab", "ab", "xa", "a", ms=10)}
    return SearchReport.of(runs, QUERIES, relevant_from=2.33, rare={"q0", "q2", "q3"})


def test_recall_and_reciprocal_rank_ask_queries_that_have_a_relevant_product(
    report: SearchReport,
) -> None:
    assert report.queries == 4
    assert report.with_relevant == 3
    worse, better = report.stages["worse"], report.stages["better"]
    assert worse.mean(RECALL) == pytest.approx((1 + 0.5 + 0) / 3)
    assert worse.mean(MRR) == pytest.approx((0.5 + 0.5 + 0) / 3)
    assert better.mean(RECALL) == 1.0
    assert len(worse.values[NDCG]) == 4
    assert better.values[NDCG]["q3"] == 1.0


def test_the_report_has_the_fields_of_the_contract(report: SearchReport) -> None:
    json = report.to_json()
    assert json["queries"] == 4
    worse = json["stages"]["worse"]
    assert {"ndcg@10", "mrr@10", "recall@100", "p50_ms", "p95_ms"} <= worse.keys()
    assert worse["recall@100"] == 0.5
    assert worse["p50_ms"] == 2.5
    assert worse["p95_ms"] == pytest.approx(3.85)
    low, high = worse["interval_95"]["recall@100"]
    assert 0 <= low < 0.5 < high <= 1


def test_each_stage_is_compared_with_all_before(report: SearchReport) -> None:
    runs = {"first": run("ba", "xb", "x", "x", ms=1), "second": run("ab", "ab", "xa", "a", ms=1)}
    three = SearchReport.of(runs | {"third": runs["first"]}, QUERIES, relevant_from=2.33)
    assert list(three.differences(NDCG)) == [
        ("first", "second"),
        ("first", "third"),
        ("second", "third"),
    ]
    assert three.differences(NDCG)["first", "third"].p_value == 1.0


def test_a_change_is_said_with_its_significance(report: SearchReport) -> None:
    (change,) = report.to_json()["differences"]
    assert (change["from"], change["to"]) == ("worse", "better")
    assert change["recall@100"]["difference"] == 0.5
    assert 0 < change["recall@100"]["p_value"] <= 1


def test_rare_words_have_a_recall_of_their_own(report: SearchReport) -> None:
    rare = report.to_json()["rare_words"]
    assert rare["queries"] == 2
    assert rare["stages"] == {"worse": {"recall@100": 0.5}, "better": {"recall@100": 1.0}}


def test_a_single_query_is_measured_but_not_compared() -> None:
    one = JudgedQueries({"q0": "query"}, {"q0": {"a": 3.0}})
    runs = {"worse": run("xa", ms=1), "better": run("a", ms=1)}
    json = SearchReport.of(runs, one, relevant_from=2.33).to_json()
    assert json["stages"]["worse"]["interval_95"]["mrr@10"] == [0.5, 0.5]
    assert json["differences"] == [{"from": "worse", "to": "better"}]
    assert json["rare_words"]["queries"] == 0
