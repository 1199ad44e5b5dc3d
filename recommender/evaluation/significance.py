"""Whether one order is better than another by more than the choice of queries explains."""

from dataclasses import dataclass

import numpy as np
from scipy import stats  # type: ignore[import-untyped]

from recommender.evaluation.measures import PerQuery

_RESAMPLES = 9999


@dataclass(frozen=True, slots=True)
class Difference:
    mean: float
    low: float
    """Ends of the 95 % bootstrap confidence interval of the mean."""
    high: float
    p_value: float
    """Two-sided, of the paired randomization test."""


def paired_difference(before: PerQuery, after: PerQuery, *, seed: int = 0) -> Difference:
    """What changed per query, over the same queries in both.

    Reference: Smucker, Allan and Carterette, A comparison of statistical significance tests for
    information retrieval evaluation, 2007.

    Raises:
        ValueError: the queries differ, or are fewer than two.
    """
    if before.keys() != after.keys():
        raise ValueError("both measurements must be of the same queries")
    if len(before) < 2:
        raise ValueError("at least two queries are needed")
    changes = np.array([after[query] - before[query] for query in before])
    if not changes.any():
        return Difference(0.0, 0.0, 0.0, 1.0)
    test = stats.permutation_test(
        (changes,),
        np.mean,
        permutation_type="samples",  # of one sample: its signs
        vectorized=True,
        n_resamples=_RESAMPLES,
        rng=np.random.default_rng(seed),
    )
    interval = stats.bootstrap(
        (changes,),
        np.mean,
        method="percentile",
        n_resamples=_RESAMPLES,
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Difference(
        float(changes.mean()), float(interval.low), float(interval.high), float(test.pvalue)
    )
