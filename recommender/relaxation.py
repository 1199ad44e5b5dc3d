"""What to give up when nothing passes every constraint."""

from collections.abc import Callable, Iterator
from itertools import combinations

from recommender.query.constraints import Constraints

# What a customer gives up most easily comes first; another kind of product, last of all.
_ORDER = (
    "in_stock",
    "material",
    "gender",
    "size",
    "color",
    "price_min",
    "price_max",
    "brand",
    "category",
)


def relax(constraints: Constraints, passes: Callable[[Constraints], bool]) -> tuple[str, ...]:
    """The names of the fewest constraints to drop so that something passes the rest.

    The category is dropped only if dropping all the others does not help. Everything is named
    if nothing passes at all.
    """
    for names in _choices(constraints.names()):
        if passes(constraints.without(*names)):
            return names
    return constraints.names()


def _choices(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    ordered = sorted(names, key=_ORDER.index)
    others = [name for name in ordered if name != "category"]
    for kept in (("category",), ()):
        for count in range(len(others) + 1):
            for dropped in combinations(others, count):
                if kept:
                    yield dropped
                elif "category" in names:
                    yield (*dropped, "category")
