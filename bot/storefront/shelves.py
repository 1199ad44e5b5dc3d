"""The shop's shelves: its categories, a page of one of them, and a taste of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from sqlalchemy.orm import Session

from catalog import products
from catalog.models import Product

PAGE_SIZE = 24
TASTE_SIZE = 4
MOST_TASTES = 12


@dataclass(frozen=True, slots=True)
class Category:
    path: str
    """From the most general: `Shoes > Running`."""
    products: int
    """In it and in everything below it."""

    @property
    def name(self) -> str:
        return self.path.rsplit(products.SEPARATOR, 1)[-1]

    @property
    def parent(self) -> str:
        """The path above it, empty at the top."""
        return self.path.rpartition(products.SEPARATOR)[0]

    @property
    def trail(self) -> list["Category"]:
        """The categories above it, from the top; how many products they have does not matter."""
        names = self.path.split(products.SEPARATOR)
        return [
            Category(products.SEPARATOR.join(names[:depth]), 0) for depth in range(1, len(names))
        ]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of products, with their variants."""

    products: Sequence[Product]
    page: int
    """From 1."""
    last: int
    total: int
    """Products on all pages."""


def categories(session: Session) -> dict[str, Category]:
    """Every category by its path, in order."""
    return {
        each.path: Category(each.path, each.products) for each in products.list_categories(session)
    }


def shelf(session: Session, category: str = "", page: int = 1) -> Shelf:
    """One page of a category and everything below it; of the whole shop for an empty category.

    A page outside the ones there are gives the nearest.
    """
    first = products.list_products(session, category, limit=PAGE_SIZE)
    last = max(1, -(-first.total // PAGE_SIZE))
    page = min(max(1, page), last)
    if page > 1:
        offset = (page - 1) * PAGE_SIZE
        first = products.list_products(session, category, offset=offset, limit=PAGE_SIZE)
    return Shelf(first.products, page, last, first.total)


def tastes(
    session: Session, categories: Mapping[str, Category]
) -> list[tuple[Category, list[Product]]]:
    """A few products of each category at the top, from as many of those below it as possible."""
    departments = [each for each in categories.values() if not each.parent][:MOST_TASTES]
    return [(each, _taste(session, each, categories)) for each in departments]


def _taste(
    session: Session, department: Category, categories: Mapping[str, Category]
) -> list[Product]:
    below = [each.path for each in categories.values() if each.parent == department.path]
    paths = below[:TASTE_SIZE] or [department.path]
    each_gives = -(-TASTE_SIZE // len(paths))
    shelves = [products.list_products(session, path, limit=each_gives).products for path in paths]
    in_turns = (product for turn in zip_longest(*shelves) for product in turn if product)
    return list(islice(in_turns, TASTE_SIZE))
