import random
from dataclasses import replace

from recommender.registry.gate import Measured, judge

QUERIES = [f"q{number}" for number in range(200)]
SLICES = {"1 or 2 words": frozenset(QUERIES[:60]), "few": frozenset(QUERIES[:5])}


def measured(seed: int, lift: float = 0.0) -> Measured:
    rng = random.Random(seed)  # noqa: S311 (chance, not a secret)
    shared = random.Random(7)  # noqa: S311
    base = {query: shared.uniform(0.4, 0.8) for query in QUERIES}
    quality = {query: value + lift + rng.gauss(0, 0.05) for query, value in base.items()}
    return Measured("model", quality, quality, ms_per_query=20, megabytes=23)


def test_a_better_model_passes() -> None:
    verdict = judge("ndcg@10", measured(1), measured(2, lift=0.03), SLICES)
    assert verdict.passes
    assert verdict.reasons == []
    assert [guard.name for guard in verdict.guards] == [
        "queries of 1 or 2 words",
        "mistyped queries",
        "ms a query",
        "MB served",
    ]


def test_one_that_is_as_good_does_not() -> None:
    verdict = judge("ndcg@10", measured(1), measured(2), SLICES)
    assert not verdict.passes
    assert "not better than chance" in verdict.reasons[0]


def test_a_worse_one_does_not() -> None:
    assert not judge("ndcg@10", measured(1), measured(2, lift=-0.05), SLICES).passes


def test_a_slice_that_got_worse_is_named() -> None:
    after = measured(2, lift=0.05)
    short = SLICES["1 or 2 words"]
    quality = {q: v - 0.2 if q in short else v + 0.1 for q, v in after.quality.items()}
    verdict = judge("ndcg@10", measured(1), replace(after, quality=quality), SLICES)
    assert verdict.is_better
    assert len(verdict.reasons) == 1
    assert "1 or 2 words" in verdict.reasons[0]


def test_slips_speed_and_size_are_guarded() -> None:
    before, after = measured(1), measured(2, lift=0.05)
    noisy = {query: value - 0.3 for query, value in after.noisy.items()}
    for worse, name in (
        (replace(after, noisy=noisy), "mistyped"),
        (replace(after, ms_per_query=40), "ms a query"),
        (replace(after, megabytes=90), "MB served"),
    ):
        verdict = judge("ndcg@10", before, worse, SLICES)
        assert verdict.is_better
        assert not verdict.passes
        assert name in verdict.reasons[0]


def test_the_report_is_plain_data() -> None:
    report = judge("ndcg@10", measured(1), measured(2), SLICES).to_json()
    assert report["passes"] is False
    assert report["reasons"]
