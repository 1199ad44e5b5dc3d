"""English: what a customer is looking for, in words that repeat what was understood."""

from decimal import Decimal

from recommender import explanation
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.english import ENGLISH
from recommender.query.words import keys

_MOST_QUOTED = 60


def wished(query: ParsedQuery, currency: str) -> str:
    """The search in words: "running shoes in red under $100 but not by Nike"."""
    said = [
        _thing(query),
        *_required(query.filters, query.text, currency),
        *_refused(query.filters),
    ]
    return " ".join(said).replace(" ,", ",")


def _thing(query: ParsedQuery) -> str:
    text = " ".join(query.text.split())
    if not text and query.filters.category:
        return query.filters.category[0].rsplit(" > ", 1)[-1].lower()
    if not text:
        return "products"
    if names_the_category(query):
        return text
    return f"“{text if len(text) <= _MOST_QUOTED else text[: _MOST_QUOTED - 1] + '…'}”"


def names_the_category(query: ParsedQuery) -> bool:
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
        said.append(f"between {limit(low, currency)} and {limit(high, currency)}")
    elif high is not None:
        said.append(f"under {limit(high, currency)}")
    elif low is not None:
        said.append(f"over {limit(low, currency)}")
    if filters.rating_min is not None:
        said.append(f"with at least {filters.rating_min.normalize():f} stars")
    # Both stay in the search text, unless it was shortened or comes from another turn.
    extra = [term for term in filters.features if not _says(text, (term,))]
    extra += [
        str(each)
        for each in filters.measurements
        if each.least is not None and not _says(text, (f"{each.least.normalize():f}",))
    ]
    if extra:
        said.append(f"({', '.join(extra)})")
    if filters.in_stock:
        said.append("in stock")
    return said


def _refused(filters: Constraints) -> list[str]:
    """What must not be, so that the customer sees that it was heard."""
    said = [
        *(f"by {brand}" for brand in filters.not_brand),
        *(f"in {color}" for color in filters.not_color),
        *(path.rsplit(" > ", 1)[-1].lower() for path in filters.not_category),
        *(f"size {size.upper()}" for size in filters.not_size),
        *filters.not_material,
        *(f"“{words}”" for words in filters.not_words),
    ]
    return [f"but not {_either(tuple(said))}"] if said else []


def _says(text: str, values: tuple[str, ...]) -> bool:
    return any(value.lower() in text.lower() for value in values)


def _either(values: tuple[str, ...]) -> str:
    return " or ".join(values)


def limit(amount: Decimal, currency: str) -> str:
    """At most $58.99 is under $59, and that is how people say it."""
    if amount % 1 == Decimal("0.99"):
        amount += Decimal("0.01")
    return explanation.limit(amount, currency)
