"""One turn's words, merged into what the customer wanted before."""

from bot.shopping import english
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery

_MOST_WISH = 200


def search_anew(state: ShoppingState, parsed: ParsedQuery, text: str) -> ShoppingState:
    """A turn that sounds like a new wish. Constraints alone ("red") still narrow the old."""
    if first_of_the_shop(parsed, text):
        return state.for_query(parsed)
    names_a_thing = parsed.filters.category or english.adds_to_wish(parsed.text, _terms(parsed))
    if state.has_search and parsed.filters and not names_a_thing:
        return state.for_query(ParsedQuery(state.text, state.filters.merged_with(parsed.filters)))
    return state.for_query(parsed)


def refine(state: ShoppingState, parsed: ParsedQuery, text: str) -> ShoppingState:
    """A turn that sounds like a change of the search before it.

    A field that is named again is replaced, "any colour" drops one, other words are added to the
    wish, and another kind of product starts over.
    """
    anew = first_of_the_shop(parsed, text) or _another_kind(state.filters, parsed.filters)
    if anew or not state.has_search:
        return state.for_query(parsed)
    dropped = english.dropped_fields(text)
    wish = state.text
    plain = not (dropped or english.asks_for_cheaper(text) or english.asks_for_pricier(text))
    if plain and english.adds_to_wish(parsed.text, _terms(parsed)) and parsed.text not in wish:
        wish = english.joined(wish, parsed.text)[:_MOST_WISH]
    newer = parsed.filters
    if _within(state.filters.category, newer.category):
        newer = newer.without("category")
    filters = state.filters.without(*dropped).merged_with(newer)
    return state.for_query(ParsedQuery(wish, filters))


def _terms(parsed: ParsedQuery) -> tuple[str, ...]:
    filters = parsed.filters
    return (*filters.color, *filters.size, *filters.gender, *filters.material, *filters.brand)


def first_of_the_shop(parsed: ParsedQuery, text: str) -> bool:
    """Whether a superlative is about everything on sale, and not about what was searched for."""
    return parsed.filters.sort is not None and english.means_the_whole_shop(text)


def _another_kind(before: Constraints, after: Constraints) -> bool:
    """Whether a category is named that the search was not in: "backpacks" after shoes."""
    return bool(
        after.category
        and not _within(before.category, after.category)
        and not _within(after.category, before.category)
    )


def _within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    """Whether every inner path is one of the outer, or below one."""
    return bool(inner) and all(
        any(path == each or path.startswith(f"{each} > ") for each in outer) for path in inner
    )
