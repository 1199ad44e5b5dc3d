"""What the catalogue says about a product, as an answer to a customer's question.

Nothing is inferred: values and sentences are quoted, and where the catalogue is silent the answer
says so.
"""

import re
from collections.abc import Iterable

from bot.shopping import english
from bot.voice.values import Money
from bot.voice.voice import Voice
from catalog.models import Variant
from recommender.query import facets
from recommender.query.constraints import ParsedQuery
from recommender.query.english import ENGLISH

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_SHORTEST_STEM = 4
_MOST_DESCRIPTION = 400
_FEW = 5


def answer(voice: Voice, question: str, parsed: ParsedQuery, variant: Variant) -> str:
    """The facts asked for, or all of them if none in particular."""
    product = variant.product
    title = product.title
    facts = _whether_offered(voice, question, parsed, variant) or [
        fact for aspect in english.aspects(question) if (fact := _FACTS[aspect](voice, variant))
    ]
    if facts:
        return voice.say("facts", title=title, facts=" ".join(facts))
    asked = _asked_words(question, variant)
    if asked:
        quotes = _quotes(voice, asked, variant)
        if quotes:
            return voice.say("facts", title=title, facts=" ".join(quotes))
        if not english.asks_for_everything(question):
            description = _beginning(product.description)
            return voice.say("not-said", title=title, description=description).strip()
    return voice.say("about", title=title, facts=describe(voice, variant))


def evidence(voice: Voice, question: str, variant: Variant) -> bool:
    """Whether the catalogue says something of what is asked: "which of them is waterproof?"."""
    return bool(_quotes(voice, _asked_words(question, variant), variant))


def describe(voice: Voice, variant: Variant) -> str:
    """Everything worth a short paragraph: description, price, stock, choices, material, brand."""
    product = variant.product
    said = [_beginning(product.description)]
    said += [
        _FACTS[each](voice, variant) for each in ("price", "stock", "color", "size", "material")
    ]
    return " ".join(part for part in said if part)


def _price(voice: Voice, variant: Variant) -> str:
    if variant.price is None:
        return voice.say("price-unknown")
    prices = {each.price for each in variant.product.variants if each.price is not None}
    price = Money(variant.price, variant.currency)
    if len(prices) > 1:
        low, high = Money(min(prices), variant.currency), Money(max(prices), variant.currency)
        return voice.say("price-of-versions", price=price, low=low, high=high)
    return voice.say("price", price=price)


def _stock(voice: Voice, variant: Variant) -> str:
    version = version_of(voice, variant)
    if variant.in_stock is None:
        return voice.say("stock-unknown", version=version)
    if not variant.in_stock:
        return voice.say("stock-none", version=version)
    if variant.stock is not None and variant.stock <= _FEW:
        return voice.say("stock-left", version=version, count=variant.stock)
    return voice.say("stock", version=version)


def version_of(voice: Voice, variant: Variant) -> str:
    """Colour and size, as in "red in size 9"; "none" if it has neither."""
    if variant.color and variant.size:
        return voice.say("version-color-size", color=variant.color, size=variant.size)
    if variant.size:
        return voice.say("version-size", size=variant.size)
    return variant.color or "none"


def _sizes(voice: Voice, variant: Variant) -> str:
    sizes = _distinct(each.size for each in variant.product.variants)
    return voice.say("sizes", count=len(sizes), values=sizes) if sizes else ""


def _colors(voice: Voice, variant: Variant) -> str:
    colors = _distinct(each.color for each in variant.product.variants)
    return voice.say("colors", count=len(colors), values=colors) if colors else ""


def _material(voice: Voice, variant: Variant) -> str:
    material = variant.product.material
    return voice.say("material", material=material.lower()) if material else ""


def _brand(voice: Voice, variant: Variant) -> str:
    brand = variant.product.brand
    return voice.say("brand", brand=brand) if brand else ""


def _link(voice: Voice, variant: Variant) -> str:
    return voice.say("link") if variant.url else ""


_FACTS = {
    "price": _price,
    "stock": _stock,
    "size": _sizes,
    "color": _colors,
    "material": _material,
    "brand": _brand,
    "link": _link,
}


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _whether_offered(
    voice: Voice, question: str, parsed: ParsedQuery, variant: Variant
) -> list[str]:
    """ "Does it come in size 9?": whether some version does, and whether that one is in stock."""
    filters = parsed.filters
    is_question = question.rstrip().endswith("?") or english.asks_yes_or_no(question)
    if not is_question or english.asks_which(question) or not (filters.color or filters.size):
        return []
    asked = [*filters.color, *(voice.say("asked-size", size=size) for size in filters.size)]
    matching = [
        each
        for each in variant.product.variants
        if all(facets.colors(term, [each.color], ENGLISH) for term in filters.color)
        and all(facets.sizes(term, [each.size], ENGLISH) for term in filters.size)
    ]
    if not matching:
        return [voice.say("not-offered", asked=asked)]
    version = _same_color(matching, variant)
    price = [_price(voice, version)] if "price" in english.aspects(question) else []
    if all(each.in_stock is False for each in matching):
        return [voice.say("offered-sold-out", asked=asked), *price]
    # A size may be there in one colour and sold out in the one on the screen.
    stock = [_stock(voice, version)] if filters.size and version.in_stock is not None else []
    return [voice.say("offered", asked=asked), *price, *stock]


def _same_color(matching: list[Variant], shown: Variant) -> Variant:
    """Of the versions asked for, the one on the screen or of its colour, if there is one."""
    if shown in matching:
        return shown
    return next((each for each in matching if each.color == shown.color), matching[0])


def _asked_words(question: str, variant: Variant) -> tuple[str, ...]:
    """The question's words without those that only name the product, or the kind that it is."""
    kind = variant.product.category.rsplit(" > ", 1)[-1]
    named = {ENGLISH.singular(w) for w in english.content_words(f"{variant.product.title} {kind}")}
    return tuple(w for w in english.content_words(question) if ENGLISH.singular(w) not in named)


def _quotes(voice: Voice, asked: tuple[str, ...], variant: Variant) -> list[str]:
    """Attributes and sentences of the catalogue with one of the words in them."""
    product = variant.product
    asked = (*asked, *(name for word in asked for name in english.measured_by(word)))
    stems = [ENGLISH.singular(word)[: max(_SHORTEST_STEM, len(word) - 3)] for word in asked]
    attributes = variant.all_attributes
    lines = [
        voice.say("attribute", name=name.replace("_", " "), value=value)
        for name, value in attributes.items()
    ]
    lines += [voice.say("made-of", material=product.material.lower())] if product.material else []
    lines += _SENTENCE_END.split(" ".join(product.description.split()))
    return [
        line for line in lines if any(re.search(rf"\b{re.escape(s)}", line.lower()) for s in stems)
    ][:3]


def _beginning(description: str) -> str:
    text = " ".join(description.split())
    if len(text) <= _MOST_DESCRIPTION:
        return text
    return text[:_MOST_DESCRIPTION].rsplit(" ", 1)[0] + " …"
