"""What is looked for, piece by piece, each to be taken away with one tap."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.actions.reply import Chip
from bot.voice.values import Limit
from bot.voice.voice import Voice
from recommender.query.constraints import EXCLUSIONS, Constraints, ParsedQuery


@dataclass(frozen=True, slots=True)
class Piece:
    """One requirement of a search."""

    field: str
    """Of `Constraints`."""
    value: object
    """Which of the field's values, where it has several."""
    title: str

    def taken_from(self, filters: Constraints) -> Constraints:
        """The constraints without it."""
        kept = getattr(filters, self.field)
        if not isinstance(kept, tuple):
            return filters.without(self.field)
        return filters.with_values(self.field, tuple(v for v in kept if v != self.value))


def pieces(voice: Voice, filters: Constraints) -> Iterator[Piece]:
    """What the customer required, in the customer's words; not what the search text says."""
    for field in filters.names():
        if field in ("category", "sort"):
            continue  # said by the search text, and by the order of the results
        value = getattr(filters, field)
        if isinstance(value, tuple):
            for each in value:
                yield Piece(field, each, _named(voice, field, str(each)))
        elif isinstance(value, Decimal) and field != "rating_min":
            id = "chip-price-min" if field == "price_min" else "chip-price-max"
            yield Piece(field, value, voice.say(id, amount=Limit(value, "")))
        elif isinstance(value, Decimal):
            yield Piece(field, value, voice.say("chip-rating", stars=f"{value.normalize():f}"))
        else:
            yield Piece(field, value, voice.say("wish-in-stock"))


def _named(voice: Voice, field: str, value: str) -> str:
    if field in EXCLUSIONS:
        return voice.say("chip-not", value=value.rsplit(" > ", 1)[-1])
    if field == "size":
        return voice.say("chip-size", size=value.upper())
    return value


def chips(voice: Voice, query: ParsedQuery) -> tuple[Chip, ...]:
    return tuple(
        Chip(piece.title, voice.say("chip-remove", title=piece.title))
        for piece in pieces(voice, query.filters)
    )


def removed(voice: Voice, text: str, query: ParsedQuery) -> Constraints | None:
    """The constraints without the piece that the customer tapped away; None if none was."""
    for piece in pieces(voice, query.filters):
        if text.casefold() == voice.say("chip-remove", title=piece.title).casefold():
            return piece.taken_from(query.filters)
    return None
