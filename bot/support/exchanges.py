"""What something can be exchanged for: another size or colour of it, for what was paid."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.orders.placed_order import PlacedLine
from bot.orders.rules import refuses_exchange
from bot.shopping import options
from bot.shopping.english import answer_words
from bot.support.task import Task
from catalog.models import Variant
from catalog.products import find_variant
from recommender.query import facets
from recommender.query.english import ENGLISH

_OFFER = "to "
"""Before a version's name, among the details of a task: its value is the variant's id."""


def versions(session: Session, line: PlacedLine, quantity: int) -> list[tuple[str, str]]:
    """Name and variant id of each version that so many can become, nearest sizes first."""
    bought = find_variant(session, line.variant_id) if line.variant_id else None
    if bought is None:
        return []
    others = [
        variant
        for variant in bought.product.variants
        if variant.id != bought.id
        and refuses_exchange(bought, variant, line.unit_price, quantity) is None
    ]
    others.sort(key=lambda variant: (variant.color != bought.color, _distance(variant, bought)))
    return [(_name(variant), variant.id) for variant in others]


def is_left(session: Session, line: PlacedLine, quantity: int) -> bool:
    """Whether the same thing can be sent once more, at the price that was paid."""
    bought = find_variant(session, line.variant_id) if line.variant_id else None
    return refuses_exchange(bought, bought, line.unit_price, quantity) is None


def offer(task: Task, named: Sequence[tuple[str, str]]) -> Task:
    """The task with these versions to choose from, and no others."""
    kept = {name: value for name, value in task.details.items() if not name.startswith(_OFFER)}
    return replace(task, details={**kept, **{f"{_OFFER}{name}": id for name, id in named}})


def offered(task: Task) -> list[tuple[str, str]]:
    """Name and variant id of each version that was offered last."""
    return [
        (name.removeprefix(_OFFER), id)
        for name, id in task.details.items()
        if name.startswith(_OFFER)
    ]


def fitting(task: Task, text: str) -> list[tuple[str, str]]:
    """Those of the versions offered that the words fit: of "S", "black, S" and "burgundy, S"."""
    versions = offered(task)
    name = options.chosen(text, [name for name, _ in versions])
    if name is not None:
        return [each for each in versions if each[0] == name]
    said = _words(text)
    return [each for each in versions if said and said <= _words(each[0])]


def told_apart(names: Sequence[str]) -> list[str]:
    """What each has that not all have: "black" and "burgundy" of two in S."""
    parts = [name.split(", ") for name in names]
    shared = set(parts[0]).intersection(*parts[1:]) if parts else set()
    return [", ".join(part for part in each if part not in shared) for each in parts]


def _words(text: str) -> set[str]:
    return {facets.size_name(word, ENGLISH) for word in answer_words(text)}


def _name(variant: Variant) -> str:
    return ", ".join(filter(None, (variant.color, variant.size)))


def _distance(variant: Variant, bought: Variant) -> int:
    return abs(variant.position - bought.position)
