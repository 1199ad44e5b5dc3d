"""What the catalogue itself says of a product, for a judge who must not ask the search."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, selectinload

from catalog.models import Product
from catalog.products import SEPARATOR

_REFERENCE = re.compile(r"card (?P<place>\d+)(?: of turn (?P<turn>\d+))?")


class UnknownProductError(Exception):
    """A test names what the catalogue, or the conversation so far, does not have."""


@dataclass(frozen=True, slots=True)
class Item:
    """One variant with what its product says of it."""

    id: str
    product_id: str
    title: str
    brand: str
    category: str
    color: str
    size: str
    gender: str
    material: str
    price: Decimal | None
    in_stock: bool | None
    features: tuple[str, ...]
    """Attributes that the product simply has: "waterproof"."""
    text: str
    """Everything that can be read of it, in lower case."""

    def is_in(self, category: str) -> bool:
        return f"{self.category}{SEPARATOR}".startswith(f"{category}{SEPARATOR}")


class Catalogue:
    """Every variant of a shop, by id and by name."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = {item.id: item for item in items}

    @classmethod
    def read(cls, engine: Engine) -> "Catalogue":
        with Session(engine) as session:
            products = session.scalars(
                select(Product).options(selectinload(Product.variants)).order_by(Product.pk)
            )
            return cls([item for product in products for item in _items(product)])

    def named(self, name: str) -> frozenset[str]:
        """The variant ids of a title, or of "title, colour, size" with either left out.

        Raises:
            UnknownProductError: nothing is called that.
        """
        exact = {item.id for item in self.items.values() if item.title == name}
        if exact:
            return frozenset(exact)
        title, *options = (part.strip() for part in name.split(","))
        found = {
            item.id
            for item in self.items.values()
            if item.title == title and set(options) <= {item.color, item.size}
        }
        if not found:
            raise UnknownProductError(f"the catalogue has no {name!r}")
        return frozenset(found)

    def meant(self, reference: str, pages: list[list[str]]) -> frozenset[str]:
        """The variant ids of a name, or of "card 2", "card 2 of turn 1".

        Args:
            reference: What the test says.
            pages: The ids of the cards of each turn so far. "card 2" is of the last with cards.

        Raises:
            UnknownProductError: there is no such product or card.
        """
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            return self.named(reference)
        if match["turn"]:
            number = int(match["turn"])
            page = pages[number - 1] if number <= len(pages) else []
        else:
            page = next((page for page in reversed(pages) if page), [])
        place = int(match["place"])
        if place > len(page):
            raise UnknownProductError(f"there is no {reference}, only {len(page)} cards")
        return frozenset({page[place - 1]})

    def title(self, id: str) -> str:
        return self.items[id].title if id in self.items else id


def _items(product: Product) -> Iterable[Item]:
    for variant in product.variants:
        attributes = variant.all_attributes
        features = tuple(
            name.replace("_", " ") for name, value in attributes.items() if value == "yes"
        )
        said = (product.title, product.description, product.material, *features)
        yield Item(
            id=variant.id,
            product_id=product.id,
            title=product.title,
            brand=product.brand,
            category=product.category,
            color=variant.color,
            size=variant.size,
            gender=product.gender,
            material=product.material,
            price=variant.price,
            in_stock=variant.in_stock,
            features=features,
            text=" ".join((*said, *attributes, *attributes.values())).lower(),
        )
