"""What to give up when nothing passes every constraint."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from recommender.query.constraints import EXCLUSIONS, Constraints

# What a customer gives up most easily comes first; another kind of product, last of all.
_ORDER = (
    "in_stock",
    "rating_min",
    "features",
    "measurements",
    "material",
    "gender",
    "size",
    "color",
    "price_min",
    "price_max",
    "brand",
    "category",
)
_LITTLE = Decimal("0.25")
_LITTLE_STARS = Decimal("0.5")
_MOST_CHOSEN = 2
"""So many are chosen freely; of more, those that are given up most easily."""


def relax(constraints: Constraints, passes: Callable[[Constraints], bool]) -> tuple[str, ...]:
    """The names of the fewest constraints to drop so that something passes the rest.

    For constraints that nothing passes.

    A limit that something misses by little is dropped before any other: who asks for red shoes
    under $50 would rather hear of a red pair for $54 than of a blue one.
    The category is dropped only if dropping all the others does not help, and what is excluded
    never: better nothing than what was refused. If nothing passes at all everything else is
    named; but nothing, if only what was refused keeps the kind that is looked for from being
    shown.
    """
    names = [name for name in _ORDER if name in constraints.names()]
    for name, loosened in _near_misses(constraints):
        if passes(loosened):
            return (name,)
    others = [name for name in names if name != "category"]
    for dropped in _choices(others):
        if dropped and passes(constraints.without(*dropped)):
            return dropped
    if "category" in names:
        if _is_refused(constraints, passes):
            return ()
        for dropped in _choices(others):
            if passes(constraints.without(*dropped, "category")):
                return (*dropped, "category")
    refused = constraints.without(*EXCLUSIONS) != constraints
    return () if refused else tuple(names)


def _near_misses(constraints: Constraints) -> Iterator[tuple[str, Constraints]]:
    least, most, stars = constraints.price_min, constraints.price_max, constraints.rating_min
    if stars is not None:
        yield "rating_min", replace(constraints, rating_min=stars - _LITTLE_STARS)
    if most is not None:
        yield "price_max", replace(constraints, price_max=most * (1 + _LITTLE))
    if least is not None:
        yield "price_min", replace(constraints, price_min=least * (1 - _LITTLE))


def _is_refused(constraints: Constraints, passes: Callable[[Constraints], bool]) -> bool:
    """Whether something of the kind passes, but only what was refused."""
    if constraints.without(*EXCLUSIONS) == constraints:
        return False
    return passes(Constraints(category=constraints.category))


def _choices(names: list[str]) -> Iterator[tuple[str, ...]]:
    """What to drop of these, nothing first, and the fewest before more."""
    for count in range(_MOST_CHOSEN + 1):
        yield from combinations(names, count)
    yield from (tuple(names[:count]) for count in range(_MOST_CHOSEN + 1, len(names) + 1))
