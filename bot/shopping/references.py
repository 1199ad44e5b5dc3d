"""The products on the customer's screen, and which of them is meant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.shopping import english
from bot.shopping.state import ShoppingState
from catalog.models import Variant
from recommender.query import facets
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.english import ENGLISH


@dataclass(frozen=True, slots=True)
class Reference:
    """What the customer's words point at: one variant, or why not."""

    variant: Variant | None = None
    beyond: int | None = None
    """The place named, from 1, where there are not that many."""
    gone: bool = False
    """The place is right, and the product not in the catalogue any more."""


def resolve(
    text: str, parsed: ParsedQuery, state: ShoppingState, shown: Sequence[Variant]
) -> Reference:
    """The product meant, among those shown and no others.

    Tried in this order: a place ("the second one"), a superlative, a constraint that exactly one
    meets ("the red one"), words of one title, and at last the focus of "it".
    """
    by_id = {variant.id: variant for variant in shown}
    place = english.position(text)
    if place is not None:
        if place >= len(state.shown) or place < -len(state.shown):
            return Reference(beyond=place + 1)
        variant = by_id.get(state.shown[place])
        return Reference(variant, gone=variant is None)
    priced = [variant for variant in shown if variant.price is not None]
    if priced and english.wants_cheapest(text):
        return Reference(min(priced, key=lambda variant: variant.price or 0))
    if priced and english.wants_priciest(text):
        return Reference(max(priced, key=lambda variant: variant.price or 0))
    focus = by_id.get(state.focus or "")
    # "Does it come in blue?" is about it, not about another that is blue.
    if focus and english.has_pronoun(text):
        return Reference(focus)
    for candidates in (_meeting(parsed, shown), _named(text, shown)):
        if len(candidates) == 1:
            return Reference(candidates[0])
    if focus:
        return Reference(focus)
    return Reference(shown[0] if len(shown) == 1 else None)


def _meeting(parsed: ParsedQuery, shown: Sequence[Variant]) -> list[Variant]:
    """Those that meet every constraint the customer named, if any was."""
    asked = [name for name in _VALUES if getattr(parsed.filters, name)]
    if not asked:
        return []
    return [each for each in shown if all(_meets(parsed.filters, name, each) for name in asked)]


def _meets(filters: Constraints, name: str, variant: Variant) -> bool:
    return any(_VALUES[name](term, variant) for term in getattr(filters, name))


_VALUES: dict[str, Callable[[str, Variant], object]] = {
    "color": lambda term, each: facets.colors(term, [each.color], ENGLISH),
    "size": lambda term, each: facets.sizes(term, [each.size], ENGLISH),
    "material": lambda term, each: facets.materials(term, [each.product.material], ENGLISH),
    "brand": lambda term, each: each.product.brand == term,
}


def _named(text: str, shown: Sequence[Variant]) -> list[Variant]:
    """Those whose title shares the most words with the customer's, if any does."""
    asked = set(english.content_words(text))
    shared = [len(asked & set(english.content_words(each.product.title))) for each in shown]
    best = max(shared, default=0)
    return [each for each, count in zip(shown, shared, strict=True) if best and count == best]
