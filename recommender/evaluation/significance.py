"""How sure a mean over queries is, and whether one order is better than another by more than the
choice of queries explains."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped]

from recommender.evaluation.measures import PerQuery, mean

_RESAMPLES = 9999
_BATCH = 500
"""Resamples at a time: all of 9,000 queries' would take a gigabyte."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Of 95 % confidence."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    mean: float
    low: float
    """Ends of the 95 % bootstrap confidence interval of the mean."""
    high: float
    p_value: float
    """Two-sided, of the paired randomization test."""


def mean_interval(values: PerQuery, *, seed: int = 0) -> Interval:
    """Where the mean over all such queries lies, by the bootstrap; values without spread, a single
    one or none say nothing about it, and give the mean itself twice."""
    sample = np.fromiter(values.values(), dtype=np.float64)
    if len(sample) < 2 or np.ptp(sample) == 0:
        return Interval(mean(values), mean(values))
    return _bootstrap(sample, seed)


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
        batch=_BATCH,
        rng=np.random.default_rng(seed),
    )
    interval = _bootstrap(changes, seed)
    return Difference(float(changes.mean()), interval.low, interval.high, float(test.pvalue))


def _bootstrap(sample: NDArray[np.float64], seed: int) -> Interval:
    """The percentile interval of the mean. Reference: Efron and Tibshirani, An Introduction to the
    Bootstrap, 1993."""
    interval = stats.bootstrap(
        (sample,),
        np.mean,
        method="percentile",
        n_resamples=_RESAMPLES,
        batch=_BATCH,
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Interval(float(interval.low), float(interval.high))
