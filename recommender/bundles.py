"""Several things within one budget: the best of each that fit together."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from recommender.candidates import MATCHES
from recommender.offer import Offer
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.search import SearchEngine

Cost = Callable[[Sequence[Offer]], Decimal]
"""What offers, one for each wanted thing in order, cost together."""

MOST_THINGS = 6
_MOST_COMBINATIONS = 20_000
"""All are looked at: a twentieth of a second."""
_MOST_CANDIDATES = 30
_CHEAPEST = 12
"""More than `MOST_THINGS`: some may be sold out, or serve for another of the things too."""
# Words that no category stands for fade out into other things.
_STILL_IT = 0.5


@dataclass(frozen=True, slots=True)
class Candidates:
    """What there is of one thing."""

    offers: tuple[Offer, ...] = ()
    """With a price and not sold out, the most relevant first; none if there is no such thing."""
    relaxed: tuple[str, ...] = ()
    """Constraints that had to be dropped to find any."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One offer of each thing, in the order asked for."""

    offers: tuple[Offer, ...]
    total: Decimal


def candidates(
    search: SearchEngine,
    wanted: ParsedQuery,
    limit: Decimal | None = None,
    *,
    exclude: Collection[str] = (),
) -> Candidates:
    """The most relevant that cost at most `limit`, and the cheapest of all, but for `exclude`."""
    filters = wanted.filters.without("price_min", "price_max", "sort")
    below = Constraints() if limit is None else Constraints(price_max=limit)
    text = wanted.text
    response = search.search(
        ParsedQuery(text, filters.merged_with(below)), k=_MOST_CANDIDATES, exclude=exclude
    )
    if text and not filters.category and response.similarity < MATCHES:
        return Candidates()
    by_price = ParsedQuery(text, filters.merged_with(Constraints(sort="price")))
    cheapest = search.search(by_price, k=_CHEAPEST, rerank=False, exclude=exclude)
    relaxed = tuple(name for name in response.relaxed if name != "price_max")
    least = max((each.score for each in response.results), default=0.0) * _STILL_IT
    near = [each for each in response.results if filters.category or each.score >= least]
    known = {each.id for each in near}
    # By price alone none is known to be relevant: it counts as the least of those that are.
    last = min((each.score for each in near), default=0.0)
    others = [] if cheapest.relaxed else [e for e in cheapest.results if e.id not in known]
    offers = [*near, *(replace(each, score=last) for each in others)]
    if limit is not None:
        # What one of the things may cost is worked out here: the customer never said it.
        offers = [replace(each, why=()) for each in offers]
    return Candidates(
        tuple(each for each in offers if each.price is not None and each.in_stock is not False),
        relaxed,
    )


def best(things: Sequence[Sequence[Offer]], cost: Cost, budget: Decimal | None) -> Bundle | None:
    """The combination of the best relevance within the budget, of equals the cheapest.

    Args:
        things: The candidates of each thing, none of them empty.
    """
    combinations = sorted(_combinations(things), key=lambda each: -_relevance(each))
    found: Bundle | None = None
    for offers in combinations:
        if found is not None and _relevance(offers) < _relevance(found.offers):
            break
        total = cost(offers)
        fits = budget is None or total <= budget
        if fits and (found is None or total < found.total):
            found = Bundle(offers, total)
    return found


def cheapest(things: Sequence[Sequence[Offer]], cost: Cost) -> Bundle | None:
    """The combination that costs the least; None if no two different products can be combined."""
    bundles = (Bundle(offers, cost(offers)) for offers in _combinations(things))
    return min(bundles, key=lambda each: (each.total, -_relevance(each.offers)), default=None)


def _relevance(offers: Sequence[Offer]) -> float:
    return sum(each.score for each in offers)


def _combinations(things: Sequence[Sequence[Offer]]) -> list[tuple[Offer, ...]]:
    """All combinations of different products, the best candidates of each thing at least."""
    most = _MOST_CANDIDATES
    while most ** len(things) > _MOST_COMBINATIONS:
        most -= 1
    kept = [_some(offers, most) for offers in things]
    return [
        offers
        for offers in product(*kept)
        if len({each.group_id for each in offers}) == len(offers)
    ]


def _some(offers: Sequence[Offer], most: int) -> list[Offer]:
    """The most relevant, and the cheapest of the rest."""
    if len(offers) <= most:
        return list(offers)
    by_price = sorted(offers, key=lambda each: each.price or Decimal(0))
    low = by_price[: max(1, most // 3)]
    return [*low, *(each for each in offers if each not in low)][:most]
