"""Which question tells the most about what is wanted: the facet that divides the matches best."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.models import Variant
from catalog.products import SEPARATOR
from recommender.query import facets
from recommender.query.constraints import Constraints
from recommender.query.language import Language

MOST_OPTIONS = 4
ENOUGH_BITS = 0.9
"""A question that tells less is not worth an answer."""


@dataclass(frozen=True, slots=True)
class Division:
    """A facet, and its values that divide the matches."""

    facet: str
    """The field of `Constraints` that an answer sets."""
    options: tuple[str, ...]
    """The catalogue's values, the commonest first."""
    bits: float
    """What an answer is expected to tell."""


def divisions(
    variants: Sequence[Variant], constraints: Constraints, language: Language
) -> list[Division]:
    """The facets, not yet required, whose commonest values tell enough; kinds of things first, then
    by what they tell.

    Information is the entropy of the values offered, times the share of the matches that have one
    of them: a question whose options miss most of the matches is a poor one.
    """
    found = [
        division
        for facet, values in _values(variants, language).items()
        if not getattr(constraints, facet) or facet == "category"
        if (division := _division(facet, values, len(variants))) is not None
    ]
    telling = [each for each in found if each.bits >= ENOUGH_BITS]
    return sorted(telling, key=lambda each: (each.facet != "category", -each.bits))


def divide_categories(counts: Iterable[tuple[str, int]]) -> Division | None:
    """The same of a whole catalogue, by the uppermost part of its category paths."""
    top = Counter[str]()
    for path, products in counts:
        if SEPARATOR not in path:
            top[path] = products
    return _division("category", list(top.elements()), sum(top.values()))


def _values(variants: Sequence[Variant], language: Language) -> dict[str, list[str]]:
    # What suits anybody is no answer to the question for whom it is.
    anybody = set.intersection(*map(set, language.gender_answers.values()))
    leaves = {each.product.category for each in variants}
    return {
        # One category needs no question, and neither do a dozen that have nothing in common.
        "category": [each.product.category for each in variants] if len(leaves) > 1 else [],
        "gender": [
            ""
            if facets.gender_name(each.product.gender, language) in anybody
            else each.product.gender
            for each in variants
        ],
        "material": [each.product.material.lower() for each in variants],
        "color": [each.color.lower() for each in variants],
    }


def _division(facet: str, values: Sequence[str], of: int) -> Division | None:
    counts = Counter(value for value in values if value).most_common(MOST_OPTIONS)
    if len(counts) < 2:
        return None
    covered = sum(count for _, count in counts)
    entropy = -sum(count / covered * math.log2(count / covered) for _, count in counts)
    return Division(facet, tuple(value for value, _ in counts), entropy * covered / of)
