"""What the catalogue says about a product, as an answer to a customer's question.

Nothing is inferred: values and sentences are quoted, and where the catalogue is silent the answer
says so.
"""

import re
from collections.abc import Iterable

from bot.shopping import english
from catalog.models import Variant
from recommender.explanation import money
from recommender.query import facets
from recommender.query.constraints import ParsedQuery
from recommender.query.english import ENGLISH

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_SHORTEST_STEM = 4
_MOST_DESCRIPTION = 400


def answer(question: str, parsed: ParsedQuery, variant: Variant) -> str:
    """The facts asked for, or all of them if none in particular."""
    product = variant.product
    title = product.title
    facts = _whether_offered(question, parsed, variant) or [
        fact for aspect in english.aspects(question) if (fact := _FACTS[aspect](variant))
    ]
    if facts:
        return f"{title}: {' '.join(facts)}"
    asked = _asked_words(question, title)
    if asked:
        quotes = _quotes(asked, variant)
        if quotes:
            return f"{title}: {' '.join(quotes)}"
        if not english.asks_for_everything(question):
            return f"{title}: the catalogue doesn't say. {_beginning(product.description)}".strip()
    return f"{title}. {describe(variant)}"


def describe(variant: Variant) -> str:
    """Everything worth a short paragraph: description, price, stock, choices, material, brand."""
    product = variant.product
    said = [_beginning(product.description)]
    said += [_FACTS[each](variant) for each in ("price", "stock", "color", "size", "material")]
    return " ".join(part for part in said if part)


def _price(variant: Variant) -> str:
    if variant.price is None:
        return "The shop doesn't give a price for it online."
    prices = {each.price for each in variant.product.variants if each.price is not None}
    price = f"It costs {money(variant.price, variant.currency)}."
    if len(prices) > 1:
        low, high = money(min(prices), variant.currency), money(max(prices), variant.currency)
        return f"{price} Its versions cost from {low} to {high}."
    return price


def _stock(variant: Variant) -> str:
    kind = " ".join(
        part for part in (variant.color, variant.size and f"in size {variant.size}") if part
    )
    which = f" ({kind})" if kind else ""
    if variant.in_stock is None:
        return f"The shop doesn't say how many of it{which} are left."
    if not variant.in_stock:
        return f"It is out of stock at the moment{which}."
    if variant.stock is not None and variant.stock <= 5:
        return f"It is in stock{which}: {variant.stock} left."
    return f"It is in stock{which}."


def _sizes(variant: Variant) -> str:
    return _choices("size", (each.size for each in variant.product.variants))


def _colors(variant: Variant) -> str:
    return _choices("colour", (each.color for each in variant.product.variants))


def _material(variant: Variant) -> str:
    material = variant.product.material
    return f"It is made of {material.lower()}." if material else ""


def _brand(variant: Variant) -> str:
    return f"It is made by {variant.product.brand}." if variant.product.brand else ""


def _link(variant: Variant) -> str:
    return "Its card opens its page, to look closer or to buy it." if variant.url else ""


_FACTS = {
    "price": _price,
    "stock": _stock,
    "size": _sizes,
    "color": _colors,
    "material": _material,
    "brand": _brand,
    "link": _link,
}


def _choices(name: str, values: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(value for value in values if value))
    if not distinct:
        return ""
    if len(distinct) == 1:
        return f"It comes in one {name}: {distinct[0]}."
    return f"It comes in these {name}s: {', '.join(distinct)}."


def _whether_offered(question: str, parsed: ParsedQuery, variant: Variant) -> list[str]:
    """ "Does it come in size 9?": whether some version does, and whether that one is in stock."""
    filters = parsed.filters
    is_question = question.rstrip().endswith("?")
    if not is_question or english.asks_which(question) or not (filters.color or filters.size):
        return []
    asked = english.listed([*filters.color, *(f"size {size}" for size in filters.size)])
    matching = [
        each
        for each in variant.product.variants
        if all(facets.colors(term, [each.color], ENGLISH) for term in filters.color)
        and all(facets.sizes(term, [each.size], ENGLISH) for term in filters.size)
    ]
    if not matching:
        return [f"No, it doesn't come in {asked}."]
    version = _same_color(matching, variant)
    price = [_price(version)] if "price" in english.aspects(question) else []
    if all(each.in_stock is False for each in matching):
        return [f"It comes in {asked}, but that is out of stock at the moment.", *price]
    # A size may be there in one colour and sold out in the one on the screen.
    stock = [_stock(version)] if filters.size and version.in_stock is not None else []
    return [f"Yes, it comes in {asked}.", *price, *stock]


def _same_color(matching: list[Variant], shown: Variant) -> Variant:
    """Of the versions asked for, the one on the screen or of its colour, if there is one."""
    if shown in matching:
        return shown
    return next((each for each in matching if each.color == shown.color), matching[0])


def _asked_words(question: str, title: str) -> tuple[str, ...]:
    """The question's words without those that only name the product."""
    named = set(english.content_words(title))
    return tuple(word for word in english.content_words(question) if word not in named)


def _quotes(asked: tuple[str, ...], variant: Variant) -> list[str]:
    """Attributes and sentences of the catalogue with one of the words in them."""
    product = variant.product
    stems = [ENGLISH.singular(word)[: max(_SHORTEST_STEM, len(word) - 3)] for word in asked]
    attributes = {**product.attributes, **variant.attributes}
    lines = [f"{name}: {value}." for name, value in attributes.items()]
    lines += [f"Made of {product.material.lower()}."] if product.material else []
    lines += _SENTENCE_END.split(" ".join(product.description.split()))
    return [
        line for line in lines if any(re.search(rf"\b{re.escape(s)}", line.lower()) for s in stems)
    ][:3]


def _beginning(description: str) -> str:
    text = " ".join(description.split())
    if len(text) <= _MOST_DESCRIPTION:
        return text
    return text[:_MOST_DESCRIPTION].rsplit(" ", 1)[0] + " …"
