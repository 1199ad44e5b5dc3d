"""Which version of a product is meant to be bought: its colour and size."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.shopping import english
from catalog.models import Variant
from recommender.query import facets
from recommender.query.constraints import Constraints
from recommender.query.english import ENGLISH

Option = Literal["size", "color"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One version or, where the words leave that open, what has to be asked."""

    variant: Variant | None = None
    ask: Option | None = None
    values: tuple[str, ...] = ()
    """What there is to choose from: in stock, or not said to be out of it."""
    lacking: str = ""
    """The value that was said and does not exist."""
    lacks: Option | None = None
    """Of what that is a value."""


def said(variant: Variant, parsed: Constraints, text: str) -> Constraints:
    """Colour and size in the customer's words; "a 30" is a size where the product has it."""
    if parsed.size or (size := english.size_named(text)) is None:
        return parsed
    named = Constraints(size=(size,))
    return parsed.merged_with(named) if exists(variant, named) else parsed


def choose(variant: Variant, said: Constraints, wished: Constraints) -> Choice:
    """The version of this product that the words mean.

    Args:
        variant: The one that was shown; its colour holds unless another is said.
        said: Colour and size in the customer's words.
        wished: What the search was narrowed to: whoever looks for size 9 takes size 9.
    """
    versions = list(variant.product.variants)
    colored = [each for each in versions if each.color == variant.color]
    if said.color and any(each.color for each in versions):
        colored = [each for each in versions if _is_colored(said.color, each)]
        if not colored:
            return Choice(
                ask="color", values=_values(versions, "color"), lacking=said.color[0], lacks="color"
            )
    sizes = {each.size for each in colored if each.size}
    asked = said.size if sizes else ()
    if not asked and len(sizes) > 1:
        asked = tuple(term for term in wished.size if any(_is_sized([term], e) for e in colored))
        if not asked and _is_measured(variant, wished):
            asked = (variant.size,)
        if not asked:
            return _which_size(variant, colored)
    sized = [each for each in colored if not asked or _is_sized(asked, each)]
    if not sized:
        elsewhere = [each for each in versions if _is_sized(asked, each)]
        if elsewhere and not said.color and (colors := _values(elsewhere, "color")):
            return Choice(ask="color", values=colors, lacking=asked[0], lacks="size")
        return Choice(ask="size", values=_values(colored, "size"), lacking=asked[0], lacks="size")
    in_stock = [each for each in sized if each.in_stock is not False]
    return Choice(variant if variant in (in_stock or sized) else (in_stock or sized)[0])


def _is_measured(variant: Variant, wished: Constraints) -> bool:
    """Whether the version's size is what was measured: 4-person of "a tent for 4 people"."""
    numbers = set(re.findall(r"\d+", variant.size))
    return any(
        each.least is not None and f"{each.least.normalize():f}" in numbers
        for each in wished.measurements
    )


def other(variant: Variant, said: Constraints) -> Constraints:
    """The colour and size said that this version is not of; empty if it is what was said.

    A colour alone keeps the size, and a size the colour.
    """
    color = tuple(term for term in said.color if not _is_colored([term], variant))
    size = tuple(term for term in said.size if not _is_sized([term], variant))
    if not color and not size:
        return Constraints()
    return Constraints(color=color, size=size or ((variant.size,) if variant.size else ()))


def next_size(variant: Variant, step: int) -> str | None:
    """The next bigger size in stock, or with -1 the next smaller; None if there is none."""
    own = facets.size_rank(variant.size, ENGLISH)
    ranked = [(facets.size_rank(size, ENGLISH), size) for size in in_other_sizes(variant)]
    places = [
        (rank[1] * step, size)
        for rank, size in ranked
        if rank is not None and own is not None and rank[0] == own[0]
    ]
    beyond = [place for place in places if own is not None and place[0] > own[1] * step]
    return min(beyond)[1] if beyond else None


def exists(variant: Variant, said: Constraints) -> bool:
    """Whether the product comes in one of the sizes said."""
    return any(_is_sized(said.size, each) for each in variant.product.variants)


def in_other_colors(variant: Variant) -> tuple[str, ...]:
    """The colours in which the same size can be had."""
    same = [e for e in variant.product.variants if e.size == variant.size and e is not variant]
    return tuple(color for color in _values(same, "color") if color != variant.color)


def in_other_sizes(variant: Variant) -> tuple[str, ...]:
    """The sizes in which the same colour can be had."""
    same = [e for e in variant.product.variants if e.color == variant.color and e is not variant]
    return tuple(size for size in _values(same, "size") if size != variant.size)


def _which_size(variant: Variant, colored: Sequence[Variant]) -> Choice:
    values = _values(colored, "size")
    # Of what is sold out altogether, no size is worth a question.
    return Choice(ask="size", values=values) if values else Choice(variant)


def _values(versions: Iterable[Variant], option: Option) -> tuple[str, ...]:
    values = (getattr(each, option) for each in versions if each.in_stock is not False)
    return tuple(dict.fromkeys(value for value in values if value))


def _is_colored(terms: Sequence[str], variant: Variant) -> bool:
    return any(facets.colors(term, [variant.color], ENGLISH) for term in terms)


def _is_sized(terms: Sequence[str], variant: Variant) -> bool:
    return any(facets.sizes(term, [variant.size], ENGLISH) for term in terms)
