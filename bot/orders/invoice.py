"""What an order cost, line by line."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.orders.placed_order import PlacedLine, PlacedOrder


@dataclass(frozen=True, slots=True)
class Invoice:
    number: str
    placed_at: datetime
    currency: str
    lines: tuple[PlacedLine, ...]
    goods: Decimal
    """What the lines come to."""
    discount: Decimal
    shipping: Decimal
    tax: Decimal | None
    """None where the shop does not say."""
    tax_is_included: bool
    total: Decimal
    paid: bool
    url: str
    """Of the order's page in the shop; empty where there is none."""

    @classmethod
    def of(cls, order: PlacedOrder) -> "Invoice":
        return cls(
            number=order.number,
            placed_at=order.placed_at,
            currency=order.currency,
            lines=order.lines,
            goods=sum((line.quantity * line.unit_price for line in order.lines), Decimal(0)),
            discount=order.discount,
            shipping=order.shipping,
            tax=order.tax,
            tax_is_included=order.tax_is_included,
            total=order.total,
            paid=order.paid,
            url=order.page_url,
        )
