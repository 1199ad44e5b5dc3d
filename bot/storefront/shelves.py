"""The shop's shelves: its categories, a page of one of them, and a taste of each."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    session: Session, departments: Sequence[Category]
) -> list[tuple[Category, Sequence[Product]]]:
    """A few products of each department, for the shop's front."""
    return [
        (each, products.list_products(session, each.path, limit=TASTE_SIZE).products)
        for each in departments[:MOST_TASTES]
    ]
