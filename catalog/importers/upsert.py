"""Writes checked rows to the database, and only what differs."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session, joinedload

from catalog.importers.item import FeedItem
from catalog.importers.report import ImportReport
from catalog.models import Product, Variant


def upsert(session: Session, items: Sequence[tuple[FeedItem, int]], report: ImportReport) -> None:
    """Add or change each item's variant, and its product, in the session's transaction.

    With each item comes its position among its group's rows in the feed. The first row of a group
    speaks for the product; what a later one says otherwise is kept with its variant. Products keep
    their `pk`. A product that loses its last variant to another stays: see `drop_empty_products`.
    """
    ids = [item.id for item, _ in items]
    variants = {
        variant.id: variant
        for variant in session.scalars(
            select(Variant).where(Variant.id.in_(ids)).options(joinedload(Variant.product))
        )
    }
    group_ids = {item.group_id for item, _ in items}
    products = {
        product.id: product
        for product in session.scalars(select(Product).where(Product.id.in_(group_ids)))
    }
    for item, position in items:
        product = products.get(item.group_id)
        if product is None:
            product = products[item.group_id] = Product(id=item.group_id)
            session.add(product)
        changed = position == 0 and _assign(product, _product_values(item))
        variant = variants.get(item.id)
        if variant is None:
            variant = Variant(id=item.id, product=product)
            _assign(variant, _variant_values(item, product, position))
            session.add(variant)
            report.added += 1
            continue
        if variant.product is not product:
            variant.product = product
            changed = True
        changed |= _assign(variant, _variant_values(item, product, position))
        if changed:
            report.changed += 1
        else:
            report.unchanged += 1


def remove_variants(session: Session, ids: Collection[str]) -> None:
    """Take these out of the shop. Orders keep what was bought."""
    session.execute(delete(Variant).where(Variant.id.in_(ids)))


def drop_empty_products(session: Session) -> None:
    """Remove products that no variant is left of: nothing of them can be bought."""
    has_variant = exists().where(Variant.product_pk == Product.pk)
    session.execute(
        delete(Product).where(~has_variant).execution_options(synchronize_session=False)
    )


def _product_values(item: FeedItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "description": item.description,
        "brand": item.brand,
        "category": item.category,
        "material": item.material,
        "gender": item.gender,
        "attributes": item.attributes,
        "images": list(item.images),
    }


def _variant_values(item: FeedItem, product: Product, position: int) -> dict[str, Any]:
    own = {
        name: value
        for name, value in item.attributes.items()
        if product.attributes.get(name) != value
    }
    return {
        "position": position,
        "color": item.color,
        "size": item.size,
        "price": item.price,
        "currency": item.currency,
        "stock": item.stock,
        "available": item.available,
        "url": item.url,
        "image": item.image,
        "attributes": own | item.options,
    }


def _assign(row: Product | Variant, values: dict[str, Any]) -> bool:
    """Set what differs, and say whether anything did."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
