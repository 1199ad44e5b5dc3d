"""One turn's words, merged into what the customer wanted before."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from bot.shopping import english
from bot.shopping.english import gifts
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.english import ENGLISH
from recommender.query.measurement import Measurement
from recommender.query.words import keys

Understand = Callable[[str], ParsedQuery]

_MOST_WISH = 200
_MOST_ADDED = 2
_FEW_WORDS = 4
_A_SIZE = 4
"""Letters of a size alone."""
_SAID_IN_THE_WISH = ("brand", "gender", "material", "features", "measurements")
"""Fields whose words stay in the search text, and go from it with their values."""
_SEVERAL = ("brand", "color", "size", "gender", "material")
"""Fields of which one of several values is enough."""


def search_anew(state: ShoppingState, text: str, understand: Understand) -> ShoppingState:
    """A turn that sounds like a new wish. Constraints alone ("red") still narrow the old."""
    parsed = _understood(text, understand)
    recipient = gifts.recipient(text)
    if recipient is not None and parsed.filters.category and not parsed.filters.gender:
        # "A dress for my wife" is one for women.
        filters = parsed.filters.with_values("gender", (recipient,))
        parsed = ParsedQuery(gifts.without_recipient(parsed.text), filters)
    if first_of_the_shop(parsed, text):
        return state.for_query(parsed)
    names_a_thing = parsed.filters.category or english.adds_to_wish(parsed.text, _terms(parsed))
    if state.has_search and parsed.filters and not names_a_thing:
        return with_filters(state, state.filters.merged_with(parsed.filters))
    return replace(state.for_query(parsed), asked=0)


def _understood(text: str, understand: Understand) -> ParsedQuery:
    """The wish in a message that may tell a story, before it or after it."""
    story, request = english.story_and_request(english.without_fillers(text))
    told, asked = understand(story), understand(request)
    if not story or not told.filters:
        return asked
    # "Red shoes please, I need them soon."
    return understand(text) if asked.filters else told


def refine(state: ShoppingState, text: str, understand: Understand) -> ShoppingState:
    """A turn that sounds like a change of the search before it.

    A field that is named again is replaced, "also" adds a value to it, "any colour" and "doesn't
    have to be leather" take back, other words are added to the wish, and another kind of product
    starts over.
    """
    if (measured := _measure_again(state, text)) is not None:
        return with_filters(state, measured)
    said, taken_back = english.withdrawn(text)
    parsed = understand(said)
    if not parsed.filters and len(said) <= _A_SIZE and (size := understand(f"size {said}").filters):
        parsed = ParsedQuery("", size)  # "L", where sizes are spoken of
    anew = first_of_the_shop(parsed, text) or _another_kind(state.filters, parsed.filters)
    if anew or not state.has_search:
        return replace(state.for_query(parsed), asked=0)
    dropped = english.dropped_fields(text)
    kept = state.filters.without(*dropped)
    wish = state.text
    for what in taken_back:
        kept = _not_saying(_less(kept, understand(what).filters), what)
        wish = english.without(wish, [what])
    newer = parsed.filters
    recipient = gifts.recipient(said)
    if recipient is not None and not newer and len(said.split()) <= _FEW_WORDS:
        # "For my wife", to the question for whom it is.
        newer, parsed = Constraints(gender=(recipient,)), ParsedQuery("", Constraints())
    if _within(state.filters.category, newer.category):
        newer = newer.without("category")
    elif newer.category and _names(wish, state.filters.category):
        wish = ""  # "boots" after "shoes" are boots
    if english.asks_for_another_value(text):
        newer = _with_those_before(newer, kept)
    after = with_filters(replace(state, text=wish), kept.merged_with(newer))
    plain = not (dropped or english.asks_for_cheaper(text) or english.asks_for_pricier(text))
    wish = after.text
    # Where constraints were understood, so many other words are talk around them.
    plain = plain and not (newer and len(english.content_words(parsed.text)) > _MOST_ADDED)
    if plain and english.adds_to_wish(parsed.text, _terms(parsed)) and parsed.text not in wish:
        wish = english.joined(wish, parsed.text)[:_MOST_WISH]
    return state.for_query(ParsedQuery(wish, after.filters))


def with_filters(state: ShoppingState, filters: Constraints) -> ShoppingState:
    """The search with other constraints. The words of those that are gone leave the wish."""
    wish = state.text
    for name in _SAID_IN_THE_WISH:
        for value in getattr(state.filters, name):
            if value not in getattr(filters, name):
                wish = _without(wish, value)
    return state.for_query(ParsedQuery(wish, filters))


def contradiction(text: str, understand: Understand) -> tuple[Decimal, Decimal] | None:
    """The least and the most of one message that no price can meet: "over 50 and under 20"."""
    limits = [understand(part).filters for part in english.parts(text)]
    lows = [each.price_min for each in limits if each.price_min and each.price_max is None]
    highs = [each.price_max for each in limits if each.price_max and each.price_min is None]
    if not lows or not highs or max(lows) <= min(highs):
        return None
    return max(lows), min(highs)


def _less(filters: Constraints, taken_back: Constraints) -> Constraints:
    """Without these values; a limit that is named goes whatever it was."""
    for name in taken_back.names():
        value = getattr(taken_back, name)
        if not isinstance(value, tuple):
            filters = filters.without(name)
            continue
        said = {str(each).casefold() for each in value}
        kept = tuple(e for e in getattr(filters, name) if str(e).casefold() not in said)
        filters = filters.with_values(name, kept)
    return filters


def _not_saying(filters: Constraints, what: str) -> Constraints:
    """Without the values that the words say: out of its context "waterproof" is no feature."""
    for name in filters.names():
        value = getattr(filters, name)
        if isinstance(value, tuple):
            kept = tuple(each for each in value if english.without(what, [str(each)]) == what)
            filters = filters.with_values(name, kept)
    return filters


def _with_those_before(newer: Constraints, before: Constraints) -> Constraints:
    for name in _SEVERAL:
        if values := getattr(newer, name):
            newer = newer.with_values(name, tuple(dict.fromkeys((*getattr(before, name), *values))))
    return newer


def _without(wish: str, value: str | Measurement) -> str:
    if isinstance(value, str):
        return english.without(wish, [value])
    for amount in (value.least, value.most):
        if amount is not None:
            wish = english.without_amount(wish, f"{amount.normalize():f}")
    return wish


def _measure_again(state: ShoppingState, text: str) -> Constraints | None:
    """The constraints with another number of what was measured: "actually for 2"."""
    number, measured = english.only_a_number(text), state.filters.measurements
    if number is None or len(measured) != 1:
        return None
    amount = Decimal(number)
    another = replace(measured[0], least=amount, most=amount, beyond=False)
    return state.filters.with_values("measurements", (another,))


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


def _names(wish: str, category: tuple[str, ...]) -> bool:
    """Whether the words only name the category."""
    known = {ENGLISH.singular(word) for path in category for word in keys(path)}
    return all(ENGLISH.singular(word) in known for word in keys(wish))


def _within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    """Whether every inner path is one of the outer, or below one."""
    return bool(inner) and all(
        any(path == each or path.startswith(f"{each} > ") for each in outer) for path in inner
    )
