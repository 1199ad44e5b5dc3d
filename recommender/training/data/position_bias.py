"""How much less a product is looked at the further down it stands.

A click needs that the customer looked at the place, and that the product drew them: the
position-based model. Of place k so many customers look as k^-eta says, beside the first.

Eta comes from products that stood at different places of the same query: how a product's clicks
divide over its places says nothing of how good it is, and all of how the places are looked at.
That is the conditional likelihood of a Poisson regression with an effect for each pair of query and
product (Hausman, Hall and Griliches, 1984), and needs no experiment: Agarwal et al., Estimating
Position Bias without Intrusive Interventions, 2019.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]

from recommender.training.data.impressions import Impression

_USUAL = 1.0
"""Eta where the log is too small to say; what simulations in the literature take."""
_FEWEST_CLICKS = 100
_HIGHEST = 3.0


@dataclass(frozen=True, slots=True)
class PositionBias:
    eta: float = _USUAL
    """0 where every place is looked at as much as the first."""
    clicks: int = 0
    """On products that stood at several places, which eta was estimated from; 0 where it was
    taken for the usual."""

    def examination(self, position: int | None) -> float:
        """The share of customers who look at a place, beside the first; of an unknown one 1."""
        return 1.0 if position is None else float(position**-self.eta)


def estimated(impressions: Iterable[Impression]) -> PositionBias:
    """The bias of a log, or the usual one where it has fewer than 100 clicks to tell it by."""
    shown: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(dict)
    for each in impressions:
        if each.position is not None:
            counts = shown[each.query, each.product_id].setdefault(each.position, [0, 0])
            counts[0] += 1
            counts[1] += each.worth > 0
    moved = [
        places
        for places in shown.values()
        if len(places) > 1 and any(c for _, c in places.values())
    ]
    clicks = sum(c for places in moved for _, c in places.values())
    if clicks < _FEWEST_CLICKS:
        return PositionBias()
    pair = np.repeat(np.arange(len(moved)), [len(places) for places in moved])
    depth = np.log([position for places in moved for position in places])
    times, taken = np.array([counts for places in moved for counts in places.values()]).T

    def unlikeliness(eta: float) -> float:
        """The negative logarithm of the conditional likelihood, which is convex in eta."""
        share = np.log(times) - eta * depth
        whole = np.bincount(pair, weights=np.exp(share))
        return -float(taken @ (share - np.log(whole)[pair]))

    found = minimize_scalar(unlikeliness, bounds=(0.0, _HIGHEST), method="bounded")
    return PositionBias(float(found.x), clicks)
