"""The table of a comparison, in words."""

from collections.abc import Sequence
from decimal import Decimal

from bot.actions.reply import Table
from bot.actions.searching.wish import number
from bot.voice.values import Money
from bot.voice.voice import Voice
from catalog.models import Variant
from recommender.differences import Difference, Value, differences
from recommender.query.english import ENGLISH

_MOST_ROWS = 12


def table(voice: Voice, names: tuple[str, ...], variants: Sequence[Variant]) -> Table | None:
    """One column for each product and one row for each difference; None if there is none."""
    found = differences(variants, ENGLISH)[:_MOST_ROWS]
    rows = tuple((_name(voice, each), _values(voice, each, variants)) for each in found)
    return Table(names, rows) if rows else None


def _name(voice: Voice, difference: Difference) -> str:
    if difference.is_own:
        words = difference.attribute.replace("_", " ").strip()
        return words[:1].upper() + words[1:]
    return voice.say("row", attribute=difference.attribute)


def _values(voice: Voice, difference: Difference, variants: Sequence[Variant]) -> tuple[str, ...]:
    if difference.attribute == "price" and not difference.is_own:
        return tuple(
            "" if each.price is None else voice.say("row-price", price=_price(each))
            for each in variants
        )
    return tuple(_value(voice, value) for value in difference.values)


def _price(variant: Variant) -> Money:
    return Money(variant.price or Decimal(0), variant.currency)


def _value(voice: Voice, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return voice.say("row-in-stock") if value else voice.say("row-sold-out")
    if isinstance(value, Decimal):
        return voice.say("row-rating", stars=number(value))
    return ", ".join(value) if isinstance(value, tuple) else value
