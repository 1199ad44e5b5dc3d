"""Duplicates: feeds that list one product twice, or each of its colours as a product."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from catalog.models import Product
from recommender.query.words import keys

GroupKey = tuple[str, tuple[str, ...]]


def group_key(product: Product) -> GroupKey:
    """What duplicates have in common: the brand, and the title without its own colours and sizes.

    "Swift Shoe, Red" and "Swift Shoe, Blue" of one brand are one product to a customer.
    """
    title = keys(product.title)
    own = {
        word
        for variant in product.variants
        for value in (variant.color, variant.size)
        for word in keys(value)
    }
    rest = tuple(word for word in title if word not in own)
    return product.brand.casefold(), rest or title


def group_keys(session: Session, pks: Collection[int]) -> set[GroupKey]:
    """The groups of these products."""
    if not pks:
        return set()
    products = select(Product).where(Product.pk.in_(pks)).options(selectinload(Product.variants))
    return {group_key(product) for product in session.scalars(products)}
