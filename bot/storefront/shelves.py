"""What stands on the shop's shelves: categories with their counts, and pages of products."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, selectinload

from catalog.models import Product

SEPARATOR = " > "
PAGE_SIZE = 24


@dataclass(frozen=True, slots=True)
class Category:
    path: str
    """From the most general: `Shoes > Running`."""
    count: int
    """Products in it and in everything below it."""

    @property
    def name(self) -> str:
        return self.path.rsplit(SEPARATOR, 1)[-1]

    @property
    def parent(self) -> str:
        """The path above it, empty at the top."""
        return self.path.rpartition(SEPARATOR)[0]


@dataclass(frozen=True, slots=True)
class Page:
    products: Sequence[Product]
    """With their variants loaded."""
    number: int
    """From 1."""
    last: int
    total: int
    """Products on all pages."""


def categories(session: Session) -> dict[str, Category]:
    """Every category by its path, those that only hold others included, in alphabetical order."""
    counts: dict[str, int] = {}
    rows = session.execute(
        select(Product.category, func.count())
        .where(Product.category != "")
        .group_by(Product.category)
    )
    for path, count in rows:
        names = path.split(SEPARATOR)
        for depth in range(1, len(names) + 1):
            prefix = SEPARATOR.join(names[:depth])
            counts[prefix] = counts.get(prefix, 0) + count
    return {path: Category(path, counts[path]) for path in sorted(counts, key=str.casefold)}


def page(session: Session, category: str = "", number: int = 1) -> Page:
    """One page of a category and everything below it; of the whole shop for an empty category.

    A number outside the pages there are gives the nearest one. Categories take turns, so that the
    first page shows something of everything.
    """
    within = _within(category)
    total = session.scalar(select(func.count()).select_from(Product).where(*within)) or 0
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, number), last)
    turn = func.row_number().over(partition_by=Product.category, order_by=Product.pk)
    products = session.scalars(
        select(Product)
        .where(*within)
        .order_by(turn, Product.category, Product.pk)
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
        .options(selectinload(Product.variants))
    ).all()
    return Page(products, number, last, total)


def _within(category: str) -> list[ColumnElement[bool]]:
    if not category:
        return []
    below = Product.category.startswith(category + SEPARATOR, autoescape=True)
    return [or_(Product.category == category, below)]
