"""What a customer knows of the product they have in mind, without knowing what it is called."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from bot.evaluation.catalogue import Catalogue, Item
from bot.evaluation.english import VAGUE
from catalog.products import SEPARATOR
from recommender.query.english import ENGLISH
from recommender.query.words import keys

Field = Literal["color", "brand", "price_max", "size", "gender", "material", "says", "detail"]

_SHORTEST_WORD = 4
_FEWEST_OF_MATERIAL = 3
"""What fewer are made of is nothing that people ask for."""
_STEPS = ((50, 5), (200, 10), (1000, 50), (10**9, 100))
"""Budgets are round numbers: below 50 in fives, and so on."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the customer can ask for. A `detail` is part of what the thing is called, the
    "hiking" of a hiking backpack; everything else is a constraint that can be judged."""

    field: Field
    value: str


class Memory:
    """What customers call things in this shop."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._products = {item.product_id: item for item in catalogue.items.values()}
        self._items = list(catalogue.items.values())
        self._heads = Counter((_room(item), _head(item)) for item in self._products.values())
        self._materials = Counter(_material(item.material) for item in self._products.values())
        self._common = Counter(
            word for item in self._products.values() for word in set(keys(item.text))
        )

    def targets(self) -> list[Item]:
        """What somebody may have come for: one thing in stock of each product."""
        found: dict[str, list[Item]] = {}
        for item in self._items:
            if item.in_stock is not False and item.price is not None:
                found.setdefault(item.product_id, []).append(item)
        return [items[len(items) // 2] for items in found.values()]

    def kind(self, item: Item) -> str:
        """What kind of thing it is: "running shoes", "hoodie"; of an odd name, its category's."""
        *above, leaf = (part.lower() for part in item.category.split(SEPARATOR))
        head = _head(item)
        if head in map(ENGLISH.singular, keys(leaf)):
            return leaf
        belongs_above = above and (leaf.endswith("ing") or head in map(ENGLISH.singular, above))
        of_category = f"{leaf} {above[-1]}" if belongs_above and not leaf.endswith("s") else leaf
        if above and head == ENGLISH.singular(above[-1]):
            return of_category
        # "Hoodie" is what several are called; "Pro" and "Trio" say nothing.
        is_called_so = self._heads[_room(item), head] > 1 and head not in VAGUE
        return _last_word(item) if is_called_so else of_category

    def facts(self, item: Item) -> list[Fact]:
        found: list[Fact] = []
        if item.color:
            found.append(Fact("color", item.color.lower()))
        if item.brand:
            found.append(Fact("brand", item.brand))
        if item.price is not None:
            found.append(Fact("price_max", str(budget(item.price))))
        if item.size:
            found.append(Fact("size", item.size))
        if item.gender in ("men", "women", "kids"):
            found.append(Fact("gender", item.gender))
        if (
            self._materials[material := _material(item.material)] >= _FEWEST_OF_MATERIAL
            and material
        ):
            found.append(Fact("material", material))
        found += [Fact("says", feature) for feature in item.features]
        found += [Fact("detail", word) for word in self._details(item)]
        return found

    def others(self, item: Item, field: Field) -> list[str]:
        """Values of a field that other products of its category have, for a change of mind."""
        near = [each for each in self._items if each.category == item.category]
        if field == "price_max" and item.price is not None:
            lower = {budget(each.price) for each in near if each.price is not None}
            return [str(price) for price in sorted(lower) if price < item.price]
        own = getattr(item, field)
        values = sorted({str(getattr(each, field)) for each in near} - {own, ""})
        return [value.lower() for value in values] if field == "color" else values

    def _details(self, item: Item) -> Iterable[str]:
        """Words of the title that others' texts have too, and so are no names."""
        _, *inner = _title_words(item)
        said = {*keys(self.kind(item)), item.gender, item.color.lower()}
        for word in inner[:-1]:
            is_plain = len(word) >= _SHORTEST_WORD and word.isalpha() and self._common[word] > 1
            if is_plain and word not in said:
                yield word


def budget(price: Decimal) -> Decimal:
    """The next round number of money above the price."""
    step = next(Decimal(step) for below, step in _STEPS if price < below)
    return (price / step).to_integral_value(ROUND_FLOOR) * step + step


def _title_words(item: Item) -> list[str]:
    return [*keys(item.title.partition(" for ")[0])]


def _room(item: Item) -> str:
    """The part of the shop that it stands in."""
    return item.category.partition(SEPARATOR)[0]


def _last_word(item: Item) -> str:
    words = [word for word in _title_words(item) if word.isalpha()]
    return words[-1] if words else ""


def _head(item: Item) -> str:
    return ENGLISH.singular(_last_word(item))


def _material(material: str) -> str:
    """The word that people say: of "full-grain leather, cotton", leather."""
    words = keys(material.partition(",")[0])
    return words[-1] if words and len(words[-1]) >= _SHORTEST_WORD and words[-1].isalpha() else ""
