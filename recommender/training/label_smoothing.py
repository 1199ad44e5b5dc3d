"""Targets that are less sure of themselves, so that a wrong judgment pulls less.

Reference: Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2016.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from recommender.training.choices import RerankerLoss
from recommender.training.data.dataset import RankedList


def smoothed(lists: Sequence[RankedList], loss: RerankerLoss, smoothing: float) -> list[RankedList]:
    """The lists with gains from which the loss makes smoothed targets.

    Of a pair's target y, in bce, that is (1 - s) · y + s / 2; of a list's target distribution p
    over n texts, in the losses with a softmax, (1 - s) · p + s / n.

    Args:
        smoothing: s, from 0 for none to 1.
    """
    if not smoothing:
        return list(lists)
    return [replace(ranked, gains=_smoothed(ranked, loss, smoothing)) for ranked in lists]


def _smoothed(ranked: RankedList, loss: RerankerLoss, smoothing: float) -> tuple[float, ...]:
    gains = np.array(ranked.gains)
    if loss is RerankerLoss.BCE:
        targets = (1 - smoothing) * gains + smoothing / 2
    elif loss is RerankerLoss.RESIDUAL_LISTNET:  # which divides gains by their sum
        targets = (1 - smoothing) * gains + smoothing * gains.mean()
    else:  # ListNet takes the softmax of gains
        shares = np.exp(gains) / np.exp(gains).sum()
        targets = np.log((1 - smoothing) * shares + smoothing / len(gains))
    return tuple(float(target) for target in targets)
