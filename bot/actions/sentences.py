"""English: what the assistant says about the results of a search."""

from decimal import Decimal

from bot.actions.wish import limit, names_the_category, wished
from bot.shopping import english
from recommender.nearest import Nearest
from recommender.query.constraints import ParsedQuery

_NAMES = {
    "price_min": "the lowest price",
    "price_max": "the price limit",
    "brand": "the brand",
    "color": "the colour",
    "category": "the kind of product",
    "size": "the size",
    "gender": "who it is for",
    "material": "the material",
    "in_stock": "that it must be in stock",
    "rating_min": "the rating",
    "features": "what it must have",
    "measurements": "the measures",
}
_NEAREST = {
    "price_max": "the least is {}",
    "price_min": "the most is {}",
    "rating_min": "the best rating is {} stars",
    "size": "the nearest size is {}",
    "color": "the nearest colour is {}",
    "measurements": "the nearest is {}",
}
_IN_ORDER = {
    "price": ", the cheapest first",
    "-price": ", the most expensive first",
    "-rating": ", the best rated first",
}

EMPTY_CATALOGUE = (
    "The shop has no products online at the moment, so I have nothing to show you yet. "
    "I can still answer questions about shipping, returns and orders."
)
NOT_UNDERSTOOD = (
    "I'm not sure what you mean by that. Tell me what kind of product you are looking for, "
    "for example “running shoes under $100”."
)

WHAT_TO_LEAVE_OUT = (
    "I didn't catch what to leave out. Name a colour, a brand, a material or a word, for example "
    "“not black” or “no leather”."
)
NO_SEARCH_YET = "I haven't searched for anything yet. What are you looking for?"


def found(count: int, query: ParsedQuery, currency: str) -> str:
    if not query.text and not query.filters:
        return "Here is a first look around the shop:"
    wish = wished(query, currency)
    order = "" if query.filters.sort is None else _IN_ORDER[query.filters.sort]
    if count == 1:
        return f"I found one match for {wish}:"
    if names_the_category(query) or not query.text:
        return f"Here are {count} {wish}{order}:"
    return f"Here are {count} matches for {wish}{order}:"


def more(count: int, query: ParsedQuery, currency: str) -> str:
    matches = "one more match" if count == 1 else f"{count} more matches"
    return f"Here {'is' if count == 1 else 'are'} {matches} for {wished(query, currency)}:"


def nothing_more(query: ParsedQuery, currency: str) -> str:
    return f"That was everything I have for {wished(query, currency)}."


def relaxed(
    names: tuple[str, ...], nearest: tuple[Nearest, ...], query: ParsedQuery, currency: str
) -> str:
    """Says plainly which wish could not be met, and how near to it there is something."""
    wish = wished(query, currency)
    near = english.listed([_near(each, currency) for each in nearest]) if nearest else ""
    others = [_NAMES[name] for name in names if name not in {each.constraint for each in nearest}]
    if not others:
        return f"I have nothing for {wish}; {near}:"
    left_out = english.listed(others)
    return f"I have nothing for {wish}. Leaving out {left_out}, {near or 'these come closest'}:"


def _near(nearest: Nearest, currency: str) -> str:
    value = nearest.nearest
    if isinstance(value, Decimal):
        is_price = nearest.constraint != "rating_min"
        value = limit(value, currency) if is_price else f"{value.normalize():f}"
    return _NEAREST[nearest.constraint].format(value.replace(" / ", " or "))


def closest(query: ParsedQuery, currency: str) -> str:
    return f"The closest I have to {wished(query, currency)}:"


def unsure(query: ParsedQuery, currency: str) -> str:
    return (
        f"I'm not sure I have {wished(query, currency)}. These come closest, "
        "or tell me in other words what you need:"
    )


def already(extreme: str, query: ParsedQuery, currency: str) -> str:
    return f"Those are already the {extreme} I have for {wished(query, currency)}."
