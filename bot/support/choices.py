"""Which lines of an order are meant, by whatever their customer calls them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.orders.placed_order import PlacedLine
from bot.shopping import english as pointing
from bot.support import english_returns as english
from catalog.models import Variant
from catalog.products import find_variant
from recommender.query import facets
from recommender.query.english import ENGLISH
from recommender.query.words import keys


@dataclass(frozen=True, slots=True)
class Choice:
    """A line to choose."""

    id: str
    title: str
    words: frozenset[str]
    """That it may be called by: of its title, its size, its colour and its kind."""


@dataclass(frozen=True, slots=True)
class Meant:
    ids: tuple[str, ...] = ()
    """The lines that are certain."""
    among: tuple[str, ...] = ()
    """Lines of which some are meant, and nobody knows which."""

    def __bool__(self) -> bool:
        return bool(self.ids or self.among)


def choices(session: Session, lines: Sequence[PlacedLine]) -> tuple[Choice, ...]:
    found = []
    for line in lines:
        variant = find_variant(session, line.variant_id) if line.variant_id else None
        found.append(Choice(line.id, line.title, _words(f"{line.title} {_kind(variant)}")))
    return tuple(found)


def to_detail(offered: Sequence[Choice]) -> str:
    """For a task: so that an answer is known as one before anything is looked up."""
    return "\n".join("\t".join((each.id, each.title, *sorted(each.words))) for each in offered)


def from_detail(detail: str) -> tuple[Choice, ...]:
    """The inverse of `to_detail`."""
    rows = (row.split("\t") for row in detail.splitlines() if "\t" in row)
    return tuple(Choice(id, title, frozenset(words)) for id, title, *words in rows)


def meant(text: str, offered: Sequence[Choice]) -> Meant:
    """The lines that an answer names: by title or a part of it, size, colour, kind or place."""
    said = " ".join(keys(text))
    same = [each.id for each in offered if " ".join(keys(each.title)) == said]
    if same:
        return Meant((same[0],))
    text, left_out = english.without_exceptions(text)
    excluded = _named(left_out, offered).ids if left_out else ()
    found = _named(text, [each for each in offered if each.id not in excluded])
    if not found:
        found = _by_place(text, offered)
    return found


def mentioned(text: str, offered: Sequence[Choice]) -> Meant:
    """The lines that a request names beside other things: "return the boots, too small"."""
    return _of_parts(english.parts(english.thing_in(text)), offered)


def _named(text: str, offered: Sequence[Choice]) -> Meant:
    text = english.thing_in(text)
    said = _words(text)
    everything = tuple(each.id for each in offered)
    if not said:
        all_of_them = english.means_all(text) or (len(offered) == 2 and english.means_both(text))
        return Meant(everything) if all_of_them else Meant()
    covering = tuple(each.id for each in offered if said <= each.words)
    if covering and not english.joins(text):
        return _one_or_all(text, covering)
    return _of_parts(english.parts(text), offered)


def _of_parts(parts: Sequence[str], offered: Sequence[Choice]) -> Meant:
    ids: dict[str, None] = {}
    groups: list[tuple[str, ...]] = []
    for part in parts:
        said = _words(part)
        shared = {each.id: len(said & each.words) for each in offered}
        most = max(shared.values(), default=0)
        if most:
            found = _one_or_all(part, tuple(id for id, n in shared.items() if n == most))
            ids.update(dict.fromkeys(found.ids))
            groups.append(found.among)
    # Of "the desk and the lamp", the desk is not the desk lamp.
    left = [tuple(id for id in group if id not in ids) for group in groups]
    ids.update(dict.fromkeys(id for group in left if len(group) == 1 for id in group))
    among = dict.fromkeys(id for group in left for id in group if id not in ids)
    return Meant(tuple(ids), tuple(among))


def _one_or_all(text: str, found: tuple[str, ...]) -> Meant:
    all_of_them = english.means_all(text) or english.means_both(text)
    return Meant(found) if len(found) == 1 or all_of_them else Meant(among=found)


def _by_place(text: str, offered: Sequence[Choice]) -> Meant:
    places = [place for place in pointing.positions(text) if -len(offered) <= place < len(offered)]
    return Meant(tuple(dict.fromkeys(offered[place].id for place in places)))


def _words(text: str) -> frozenset[str]:
    singular = (ENGLISH.singular(word) for word in keys(text) if english.is_of_a_thing(word))
    return frozenset(facets.size_name(word, ENGLISH) for word in singular)


def _kind(variant: Variant | None) -> str:
    if variant is None:
        return ""
    product = variant.product
    return " ".join((product.category, product.brand, variant.color, variant.size))
