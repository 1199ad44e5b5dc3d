"""Graded judgments from what customers did, without what only the place in the list did."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from recommender.training.data.impressions import Impression
from recommender.training.data.judgments import Judgment
from recommender.training.data.position_bias import PositionBias

FEWEST_IMPRESSIONS = 10
_PRIOR = 10.0
"""Looks at the average product that each is believed to have had beside its own."""


@dataclass(slots=True)
class _Tally:
    impressions: int = 0
    looks: float = 0.0
    worth: float = 0.0


def click_judgments(
    impressions: Iterable[Impression],
    bias: PositionBias,
    *,
    fewest: int = FEWEST_IMPRESSIONS,
) -> list[Judgment]:
    """A judgment of each pair of query and product with so many impressions.

    The rate of a pair is what its impressions were worth over the looks it had, which is each
    weighted by the inverse of its propensity: clicks over expected clicks (Zhang and Jones,
    Comparing Click Logs for Editorial Training, 2007). Rates of few looks are drawn to the mean of
    the log, as by a Gamma prior. A gain is the rate beside that of the query's best, so that the
    relevance, from 1 to 3, is 1 + 2 · rate / best. A query from which nobody took anything has no
    judgments: it does not say what would have answered it.

    Where the log has positions, impressions without one are left out.
    """
    impressions = list(impressions)
    if any(each.position is not None for each in impressions):
        impressions = [each for each in impressions if each.position is not None]
    tallies: dict[str, dict[str, _Tally]] = defaultdict(lambda: defaultdict(_Tally))
    looks = worth = 0.0
    for each in impressions:
        tally = tallies[each.query][each.product_id]
        tally.impressions += 1
        tally.looks += bias.examination(each.position)
        tally.worth += each.worth
        looks += bias.examination(each.position)
        worth += each.worth
    judgments = []
    for query, products in tallies.items():
        known = {id: tally for id, tally in products.items() if tally.impressions >= fewest}
        if not any(tally.worth for tally in known.values()):
            continue
        rates = {
            id: (tally.worth + _PRIOR * worth / looks) / (tally.looks + _PRIOR)
            for id, tally in known.items()
        }
        best = max(rates.values())
        judgments += [Judgment(query, id, rate / best) for id, rate in rates.items()]
    return judgments
