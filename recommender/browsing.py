"""What to show when a request names no product: "something red under $20"."""

from collections.abc import Collection

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from catalog.models import Product, Variant
from recommender.filtering.filter import Filter


def browse(session: Session, passing: Filter, k: int, exclude: Collection[int]) -> list[int]:
    """The pks of up to `k` products that pass: what can be had first, a mix of categories.

    Nothing was asked for by name, so variety helps the customer to say more: one product of each
    category in turn, its newest first.
    """
    variants = passing.variants_query().with_only_columns(
        Product.pk,
        Product.category,
        func.max(case((Variant.in_stock.is_(False), 0), else_=1)).label("available"),
    )
    products = variants.group_by(Product.pk, Product.category).subquery()
    newest = func.row_number().over(
        partition_by=(products.c.available, products.c.category), order_by=products.c.pk.desc()
    )
    ranked = select(products.c.pk).order_by(
        products.c.available.desc(), newest, products.c.category
    )
    if exclude:
        ranked = ranked.where(products.c.pk.not_in(exclude))
    return list(session.scalars(ranked.limit(k)))
