"""What goes with a product: what was bought together with it, or with its kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from catalog.models import OrderLine, Product, Variant
from catalog.products import SEPARATOR

Sign = Literal["orders", "kinds", "shelf"]
_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Complements:
    """Versions of other kinds of products, the best first, one of each product."""

    variants: tuple[Variant, ...]
    sign: Sign
    """Why: `orders` with this very product, `kinds` that are bought together, or merely the same
    `shelf`."""


def complements(session: Session, product: Product, *, most: int) -> Complements | None:
    """Up to so many that are not sold out, by the strongest sign there is; None without any.

    Nothing of the product's own category is among them: another tent does not go with a tent.
    """
    ways: tuple[tuple[Sign, Sequence[str]], ...] = (
        ("orders", _bought_with(session, OrderLine.variant_id.in_(_variants_of(product)))),
        ("kinds", _bought_with(session, OrderLine.variant_id.in_(_variants_like(product)))),
    )
    for sign, ids in ways:
        found = _others(session, product, ids, most)
        if found:
            return Complements(found, sign)
    found = _on_the_shelf(session, product, most)
    return Complements(found, "shelf") if found else None


def _variants_of(product: Product) -> list[str]:
    return [each.id for each in product.variants]


def _variants_like(product: Product) -> ColumnElement[str]:
    """Of every product of the category; of none, where it has no category."""
    chosen = select(Variant.id).join(Variant.product).where(Product.category == product.category)
    return chosen.where(Product.category != "").scalar_subquery()


def _bought_with(session: Session, condition: ColumnElement[bool]) -> list[str]:
    """Variant ids of the other lines of those orders, the most frequent first."""
    other = aliased(OrderLine)
    together = (
        select(other.variant_id, func.count(func.distinct(other.order_number)).label("orders"))
        .select_from(OrderLine)
        .join(other, other.order_number == OrderLine.order_number)
        .where(condition, other.variant_id.is_not(None), other.position != OrderLine.position)
        .group_by(other.variant_id)
        .order_by(func.count(func.distinct(other.order_number)).desc(), other.variant_id)
        .limit(_CANDIDATES)
    )
    return [id for id, _ in session.execute(together) if id is not None]


def _others(
    session: Session, product: Product, ids: Sequence[str], most: int
) -> tuple[Variant, ...]:
    loaded = session.scalars(
        select(Variant).where(Variant.id.in_(ids)).options(joinedload(Variant.product))
    )
    by_id = {each.id: each for each in loaded}
    return _one_of_each((by_id[id] for id in ids if id in by_id), product, most)


def _on_the_shelf(session: Session, product: Product, most: int) -> tuple[Variant, ...]:
    """Products of the categories beside its own, one of each category in turn."""
    shelf, _, _ = product.category.rpartition(SEPARATOR)
    if not shelf:
        return ()
    beside = session.scalars(
        select(Variant)
        .join(Variant.product)
        .where(Product.category.startswith(shelf + SEPARATOR, autoescape=True))
        .where(Product.category != product.category)
        .options(joinedload(Variant.product))
        .order_by(Product.pk, Variant.position)
        .limit(_CANDIDATES * 10)
    )
    found = _one_of_each(beside, product, _CANDIDATES)
    turn: dict[str, int] = {}
    order = []
    for each in found:
        category = each.product.category
        turn[category] = turn.get(category, 0) + 1
        order.append((turn[category], each))
    order.sort(key=lambda pair: pair[0])
    return tuple(each for _, each in order[:most])


def _one_of_each(variants: Iterable[Variant], product: Product, most: int) -> tuple[Variant, ...]:
    """Those of other kinds that are not sold out, the first version of each product."""
    found: dict[int, Variant] = {}
    for each in variants:
        other = each.product.category != product.category or not product.category
        if other and each.product_pk != product.pk and each.in_stock is not False:
            found.setdefault(each.product_pk, each)
    return tuple(found.values())[:most]
