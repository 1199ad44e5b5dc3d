"""What a customer is looking for, in words that repeat what was understood."""

from decimal import Decimal

from bot.voice.values import Either, Limit
from bot.voice.voice import Voice
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.english import ENGLISH
from recommender.query.words import keys

_MOST_QUOTED = 60


def wished(voice: Voice, query: ParsedQuery, currency: str) -> str:
    """The search in words: "running shoes in red under $100 but not by Nike"."""
    said = voice.say(
        "wish",
        thing=_thing(voice, query),
        price=_price(voice, query.filters, currency),
        refused=_refused(voice, query.filters),
        **_kind(voice, query.filters, query.text),
        **_quality(voice, query.filters, query.text),
    )
    return " ".join(said.split())


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


def number(value: Decimal) -> str:
    """Without zeros at its end: "4.5"."""
    return f"{value.normalize():f}"


def _thing(voice: Voice, query: ParsedQuery) -> str:
    text = " ".join(query.text.split())
    if not text and query.filters.category:
        kind = _last(query.filters.category[0])
        plural = _stem(kind.split()[-1]) != kind.split()[-1]
        return kind if plural else voice.say("wish-shelf", shelf=kind)
    if not text:
        return voice.say("wish-anything")
    if names_the_category(query):
        return text
    short = text if len(text) <= _MOST_QUOTED else text[: _MOST_QUOTED - 1] + "…"
    return voice.say("wish-quoted", words=short)


def _stem(word: str) -> str:
    return ENGLISH.singular(word.lower())


def _last(path: str) -> str:
    return path.rsplit(" > ", 1)[-1].lower()


def _kind(voice: Voice, filters: Constraints, text: str) -> dict[str, str]:
    """Brand, gender and material are left out where the text says them."""
    brand, gender, material = filters.brand, filters.gender, filters.material
    colors, sizes = Either(filters.color), Either(tuple(map(str.upper, filters.size)))
    color = size = ""
    if filters.color and filters.size:
        color = voice.say("wish-color-size", colors=colors, sizes=sizes)
    elif filters.color:
        color = voice.say("wish-color", colors=colors)
    elif filters.size:
        size = voice.say("wish-size", sizes=sizes)
    return {
        "brand": voice.say("wish-brand", brands=Either(brand)) if _adds(brand, text) else "",
        "gender": voice.say("wish-gender", genders=Either(gender)) if _adds(gender, text) else "",
        "material": (
            voice.say("wish-material", materials=Either(material)) if _adds(material, text) else ""
        ),
        "color": color,
        "size": size,
    }


def _price(voice: Voice, filters: Constraints, currency: str) -> str:
    low, high = filters.price_min, filters.price_max
    if low is not None and high is not None:
        return voice.say("wish-between", low=Limit(low, currency), high=Limit(high, currency))
    if high is not None:
        return voice.say("wish-under", high=Limit(high, currency))
    if low is not None:
        return voice.say("wish-over", low=Limit(low, currency))
    return ""


def _quality(voice: Voice, filters: Constraints, text: str) -> dict[str, str]:
    rating = filters.rating_min
    # Both stay in the search text, unless it was shortened or comes from another turn.
    extra = [term for term in filters.features if _adds((term,), text)]
    extra += [
        str(each)
        for each in filters.measurements
        if each.least is not None and _adds((number(each.least),), text)
    ]
    return {
        "rating": "" if rating is None else voice.say("wish-rating", stars=number(rating)),
        "extra": voice.say("wish-extra", terms=", ".join(extra)) if extra else "",
        "stock": voice.say("wish-in-stock") if filters.in_stock else "",
    }


def _refused(voice: Voice, filters: Constraints) -> str:
    """What must not be, so that the customer sees that it was heard."""
    said = (
        *(voice.say("refused-brand", brand=brand) for brand in filters.not_brand),
        *(voice.say("refused-color", color=color) for color in filters.not_color),
        *(_last(path) for path in filters.not_category),
        *(voice.say("refused-size", size=size.upper()) for size in filters.not_size),
        *filters.not_material,
        *(voice.say("refused-words", words=words) for words in filters.not_words),
    )
    return voice.say("wish-refused", refused=Either(said)) if said else ""


def _adds(values: tuple[str, ...], text: str) -> bool:
    """Whether there are values, and the text says none of them."""
    return bool(values) and not any(value.lower() in text.lower() for value in values)
