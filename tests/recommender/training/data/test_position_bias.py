from collections import Counter, defaultdict

import numpy as np
import pytest
from scipy.stats import kendalltau, wilcoxon  # type: ignore[import-untyped]

from recommender.training.data.click_judgments import click_judgments
from recommender.training.data.dataset import by_query
from recommender.training.data.events import Event, EventKind
from recommender.training.data.impressions import impressions_of
from recommender.training.data.position_bias import PositionBias, estimated
from tests.recommender.training.data.simulated_shoppers import Shoppers


def test_of_an_unknown_place_nothing_is_taken_off() -> None:
    assert PositionBias(eta=1.0).examination(None) == 1.0
    assert PositionBias(eta=1.0).examination(4) == 0.25
    assert PositionBias(eta=0.0).examination(4) == 1.0


@pytest.mark.parametrize("eta", [0.0, 0.5, 1.0, 1.5])
def test_the_bias_of_a_log_is_found(eta: float) -> None:
    shoppers = Shoppers(eta=eta)
    found = [
        estimated(impressions_of(shoppers.events(searches=150, seed=seed))).eta for seed in range(6)
    ]
    assert np.mean(found) == pytest.approx(eta, abs=0.08)


def test_an_order_that_never_changes_says_nothing_of_the_bias() -> None:
    shoppers = Shoppers(restless=0.0)
    found = estimated(impressions_of(shoppers.events(searches=150, seed=0)))
    assert found == PositionBias()
    assert found.clicks == 0


def test_the_correction_finds_the_true_order_better_than_clicks_do() -> None:
    """Over seeds, paired: the same log, its judgments and its raw counts."""
    corrected, raw, rates = [], [], []
    for seed in range(12):
        shoppers = Shoppers(restless=0.4)
        events = list(shoppers.events(searches=120, seed=seed))
        impressions = impressions_of(events)
        judged = by_query(click_judgments(impressions, estimated(impressions)))
        appeals = shoppers.appeals(seed)
        corrected.append(agreement(judged, appeals))
        raw.append(agreement(clicks(events), appeals))
        rates.append(agreement(by_query(click_judgments(impressions, PositionBias(0.0))), appeals))
    for others in (raw, rates):
        gains = np.array(corrected) - np.array(others)
        assert gains.mean() > 0.1
        assert wilcoxon(gains, alternative="greater").pvalue < 0.01


def clicks(events: list[Event]) -> dict[str, dict[str, float]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        counts[event.query][event.product_id] += event.kind is EventKind.CLICK
    return {query: dict.fromkeys(each, 0.0) | dict(each) for query, each in counts.items()}


def agreement(found: dict[str, dict[str, float]], appeals: dict[str, dict[str, float]]) -> float:
    """Mean rank correlation, Kendall's tau, over the queries."""
    taus = [
        kendalltau([found[query][id] for id in products], list(products.values())).statistic
        for query, products in appeals.items()
    ]
    return float(np.mean(taus))
