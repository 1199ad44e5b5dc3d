import random
from dataclasses import replace

from recommender.evaluation.measures import NDCG, RECALL
from recommender.registry.gate import Measured, judge

QUERIES = [f"q{number}" for number in range(200)]
SLICES = {"1 or 2 words": frozenset(QUERIES[:60]), "few": frozenset(QUERIES[:5])}


def measured(seed: int, lift: float = 0.0) -> Measured:
    rng = random.Random(seed)  # noqa: S311 (chance, not a secret)
    shared = random.Random(7)  # noqa: S311
    base = {query: shared.uniform(0.4, 0.8) for query in QUERIES}
    quality = {query: value + lift + rng.gauss(0, 0.05) for query, value in base.items()}
    return Measured("model", {NDCG: quality}, {NDCG: quality}, ms_per_query=20, megabytes=23)


def test_a_better_model_passes() -> None:
    verdict = judge(measured(1), measured(2, lift=0.03), SLICES)
    assert verdict.passes
    assert verdict.reasons == []
    assert [guard.name for guard in verdict.guards] == [
        "queries of 1 or 2 words",
        "mistyped queries",
        "ms a query",
        "MB served",
    ]


def test_one_that_is_as_good_does_not() -> None:
    verdict = judge(measured(1), measured(2), SLICES)
    assert not verdict.passes
    assert "not better than chance" in verdict.reasons[0]


def test_a_worse_one_does_not() -> None:
    assert not judge(measured(1), measured(2, lift=-0.05), SLICES).passes


def test_a_slice_that_got_worse_is_named() -> None:
    after = measured(2, lift=0.05)
    short = SLICES["1 or 2 words"]
    quality = {q: v - 0.2 if q in short else v + 0.1 for q, v in after.quality[NDCG].items()}
    verdict = judge(measured(1), replace(after, quality={NDCG: quality}), SLICES)
    assert verdict.is_better
    assert len(verdict.reasons) == 1
    assert "1 or 2 words" in verdict.reasons[0]


def test_slips_speed_and_size_are_guarded() -> None:
    before, after = measured(1), measured(2, lift=0.05)
    noisy = {query: value - 0.3 for query, value in after.noisy[NDCG].items()}
    for worse, name in (
        (replace(after, noisy={NDCG: noisy}), "mistyped"),
        (replace(after, ms_per_query=40), "ms a query"),
        (replace(after, megabytes=90), "MB served"),
    ):
        verdict = judge(before, worse, SLICES)
        assert verdict.is_better
        assert not verdict.passes
        assert name in verdict.reasons[0]


def test_the_report_is_plain_data() -> None:
    report = judge(measured(1), measured(2), SLICES).to_json()
    assert report["passes"] is False
    assert report["reasons"]


def of_both(seed: int, ndcg: float = 0.0, recall: float = 0.0) -> Measured:
    one, other = measured(seed, ndcg).quality[NDCG], measured(seed + 10, recall).quality[NDCG]
    quality = {NDCG: one, RECALL: other}
    return Measured("model", quality, quality, ms_per_query=20, megabytes=23)


def test_of_two_measures_one_must_be_better() -> None:
    verdict = judge(of_both(1), of_both(4, recall=0.03), SLICES)
    assert verdict.passes
    assert verdict.measure == RECALL
    assert list(verdict.others) == [NDCG]
    assert verdict.to_json()["others"][NDCG]["p_value"] > 0.05
    neither = judge(of_both(1), of_both(4), SLICES)
    assert not neither.passes
    assert NDCG in neither.reasons[0]
    assert RECALL in neither.reasons[0]


def test_of_two_measures_the_other_may_not_be_worse() -> None:
    verdict = judge(of_both(1), of_both(4, ndcg=-0.03, recall=0.03), SLICES)
    assert verdict.is_better
    assert not verdict.passes
    assert verdict.reasons[0].startswith(f"{NDCG}: ")
