"""Reading the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from catalog.models import Product, Variant

SEPARATOR = " > "
"""Between the parts of a category path."""


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """A category and how many products it and everything below it has."""

    path: str
    products: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a longer list of products."""

    products: Sequence[Product]
    total: int


def find_variant(session: Session, id: str) -> Variant | None:
    """The variant of this id, or else the first of the product of this id; with its product."""
    if not id.isprintable():
        return None  # no such id is ever imported, and PostgreSQL refuses to look for some
    chosen = select(Variant).options(joinedload(Variant.product).selectinload(Product.variants))
    variant = session.scalars(chosen.where(Variant.id == id)).one_or_none()
    if variant is not None:
        return variant
    first = (
        chosen.join(Variant.product).where(Product.id == id).order_by(Variant.position, Variant.id)
    )
    return session.scalars(first.limit(1)).one_or_none()


def find_variants(
    session: Session, ids: Sequence[str], *, with_versions: bool = False
) -> list[Variant]:
    """The variants of these ids with their products, in this order; unknown ids are left out.

    Args:
        with_versions: Whether all variants of the products will be looked at: read at once then.
    """
    product = joinedload(Variant.product)
    chosen = (
        select(Variant)
        .where(Variant.id.in_({id for id in ids if id.isprintable()}))
        .options(product.selectinload(Product.variants) if with_versions else product)
    )
    variants = {variant.id: variant for variant in session.scalars(chosen)}
    return [variants[id] for id in ids if id in variants]


def find_product(session: Session, id: str) -> Product | None:
    """The product of this id, with its variants."""
    if not id.isprintable():
        return None
    chosen = select(Product).where(Product.id == id).options(selectinload(Product.variants))
    return session.scalars(chosen).one_or_none()


def list_categories(session: Session) -> list[CategoryCount]:
    """Every category and every one above it, in order of their paths."""
    counts: dict[str, int] = {}
    stated = select(Product.category, func.count()).group_by(Product.category)
    for category, products in session.execute(stated.where(Product.category != "")):
        parts = category.split(SEPARATOR)
        for depth in range(1, len(parts) + 1):
            path = SEPARATOR.join(parts[:depth])
            counts[path] = counts.get(path, 0) + products
    # Not by the text of the path: "Shoes & Bags" would come between "Shoes" and "Shoes > Running".
    return [
        CategoryCount(path, counts[path])
        for path in sorted(counts, key=lambda path: path.split(SEPARATOR))
    ]


def list_products(
    session: Session, category: str = "", *, offset: int = 0, limit: int = 24
) -> Page:
    """Products of a category and everything below it, or all, with variants, oldest first."""
    chosen: ColumnElement[bool] = true()
    if category:
        below = Product.category.startswith(category + SEPARATOR, autoescape=True)
        chosen = (Product.category == category) | below
    total = session.scalar(select(func.count()).select_from(Product).where(chosen)) or 0
    page = select(Product).where(chosen).order_by(Product.pk).offset(offset).limit(limit)
    return Page(session.scalars(page.options(selectinload(Product.variants))).all(), total)
