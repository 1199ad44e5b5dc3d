"""Ordering the same again."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.orders.placed_order import PlacedLine, PlacedOrder
from catalog.models import Variant


@dataclass(frozen=True, slots=True)
class ReorderLine:
    title: str
    quantity: int
    variant_id: str | None
    """The catalogue's now; None if the shop has it no more."""


def reorder_lines(session: Session, order: PlacedOrder) -> tuple[ReorderLine, ...]:
    """The order's lines with the variants of today's catalogue, known by their id or their SKU."""
    named = {name for line in order.lines for name in (line.variant_id, line.sku) if name}
    known = set(session.scalars(select(Variant.id).where(Variant.id.in_(named))))
    by_sku = _by_sku(session, {line.sku for line in order.lines if line.sku} - known)
    return tuple(
        ReorderLine(line.title, line.quantity, _variant(line, known, by_sku))
        for line in order.lines
    )


def _variant(line: PlacedLine, known: set[str], by_sku: dict[str, str]) -> str | None:
    for name in (line.variant_id, line.sku):
        if name in known:
            return name
    return by_sku.get(line.sku)


def _by_sku(session: Session, skus: set[str]) -> dict[str, str]:
    """Variants by what their feed calls `sku`, which Shopify's export does."""
    sku = Variant.attributes["sku"].as_string()
    rows = session.execute(select(sku, Variant.id).where(sku.in_(skus))) if skus else ()
    return {row[0]: row[1] for row in rows}
