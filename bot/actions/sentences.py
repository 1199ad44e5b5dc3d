"""English: what the assistant says about the results of a search."""

from decimal import Decimal

from bot.actions import english
from recommender.explanation import money
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.english import ENGLISH
from recommender.query.words import keys

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
}
_MOST_QUOTED = 60

EMPTY_CATALOGUE = (
    "The shop has no products online at the moment, so I have nothing to show you yet. "
    "I can still answer questions about shipping, returns and orders."
)
NOT_UNDERSTOOD = (
    "I'm not sure what you mean by that. Tell me what kind of product you are looking for, "
    "for example “running shoes under $100”."
)

CANNOT_EXCLUDE = (
    "I can't leave a colour or material out yet, only look for one. Which would you like instead?"
)
NO_SEARCH_YET = "I haven't searched for anything yet. What are you looking for?"


def found(count: int, query: ParsedQuery, currency: str) -> str:
    if not query.text and not query.filters:
        return "Here is a first look around the shop:"
    wish = wished(query, currency)
    if count == 1:
        return f"I found one match for {wish}:"
    if _is_the_category(query):
        return f"Here are {count} {wish}:"
    return f"Here are {count} matches for {wish}:"


def more(count: int, query: ParsedQuery, currency: str) -> str:
    matches = "one more match" if count == 1 else f"{count} more matches"
    return f"Here {'is' if count == 1 else 'are'} {matches} for {wished(query, currency)}:"


def nothing_more(query: ParsedQuery, currency: str) -> str:
    return f"That was everything I have for {wished(query, currency)}."


def relaxed(names: tuple[str, ...], query: ParsedQuery, currency: str) -> str:
    """Says plainly which wish could not be met."""
    left_out = english.listed([_NAMES[name] for name in names])
    return (
        f"I have nothing for {wished(query, currency)}. Leaving out {left_out}, these come closest:"
    )


def closest(query: ParsedQuery, currency: str) -> str:
    return f"The closest I have to {wished(query, currency)}:"


def unsure(query: ParsedQuery, currency: str) -> str:
    return (
        f"I'm not sure I have {wished(query, currency)}. These come closest, "
        "or tell me in other words what you need:"
    )


def already(extreme: str, query: ParsedQuery, currency: str) -> str:
    return f"Those are already the {extreme} I have for {wished(query, currency)}."


def wished(query: ParsedQuery, currency: str) -> str:
    """The search in words: "running shoes in red under $100"."""
    said = [_thing(query), *_required(query.filters, query.text, currency)]
    return " ".join(said).replace(" ,", ",")


def _thing(query: ParsedQuery) -> str:
    text = " ".join(query.text.split())
    if not text and query.filters.category:
        return query.filters.category[0].rsplit(" > ", 1)[-1].lower()
    if not text:
        return "products"
    if _is_the_category(query):
        return text
    return f"“{text if len(text) <= _MOST_QUOTED else text[: _MOST_QUOTED - 1] + '…'}”"


def _is_the_category(query: ParsedQuery) -> bool:
    """Whether the words only name the category that every result is in, in the plural.

    "Running shoes" then are running shoes; "waterproof shoes" may be the nearest only.
    """
    words = query.text.lower().split()
    known = {_stem(word) for path in query.filters.category for word in keys(path)}
    return (
        bool(words)
        and all(_stem(word) in known for word in words)
        and ENGLISH.singular(words[-1]) != words[-1]
    )


def _stem(word: str) -> str:
    return ENGLISH.singular(word.lower())


def _required(filters: Constraints, text: str, currency: str) -> list[str]:
    low, high = filters.price_min, filters.price_max
    said = []
    if filters.brand and not _says(text, filters.brand):
        said.append(f"by {_either(filters.brand)}")
    if filters.gender and not _says(text, filters.gender):
        said.append(f"for {_either(filters.gender)}")
    if filters.material and not _says(text, filters.material):
        said.append(f"made of {_either(filters.material)}")
    if filters.color:
        said.append(f"in {_either(filters.color)}")
    if filters.size:
        size = f"size {_either(tuple(size.upper() for size in filters.size))}"
        said.append(f", {size}" if filters.color else f"in {size}")
    if low is not None and high is not None:
        said.append(f"between {_limit(low, currency)} and {_limit(high, currency)}")
    elif high is not None:
        said.append(f"under {_limit(high, currency)}")
    elif low is not None:
        said.append(f"over {_limit(low, currency)}")
    if filters.in_stock:
        said.append("in stock")
    return said


def _says(text: str, values: tuple[str, ...]) -> bool:
    return any(value.lower() in text.lower() for value in values)


def _either(values: tuple[str, ...]) -> str:
    return " or ".join(values)


def _limit(amount: Decimal, currency: str) -> str:
    """At most $58.99 is under $59, and that is how people say it."""
    if amount % 1 == Decimal("0.99"):
        amount += Decimal("0.01")
    return money(amount, currency).removesuffix(".00")
