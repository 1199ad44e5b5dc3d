"""Reads what WooCommerce's REST API v3 says of orders."""

from datetime import UTC, datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from bot.orders.placed_order import PlacedLine, PlacedOrder
from bot.orders.refund import Refund
from catalog.models import OrderStatus, RefundStatus

STATUSES = {
    "pending": OrderStatus.PENDING,
    "failed": OrderStatus.PENDING,  # a payment that did not go through; it can be tried again
    "on-hold": OrderStatus.PENDING,
    "processing": OrderStatus.PROCESSING,
    # Sent. WooCommerce does not follow parcels.
    "completed": OrderStatus.SHIPPED,
    "cancelled": OrderStatus.CANCELLED,
    "refunded": OrderStatus.REFUNDED,
}
"""WooCommerce's own. Plug-ins bring others, and nothing is done to an order in one of those."""
HIDDEN = frozenset({"trash", "checkout-draft", "auto-draft"})


class _Woo(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Address(_Woo):
    first_name: str = ""
    last_name: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state: str = ""
    postcode: str = ""
    country: str = ""


class _Billing(_Address):
    email: str = ""


class _Line(_Woo):
    id: int
    name: str
    quantity: int
    subtotal: Decimal
    """Before discounts, without tax."""
    product_id: int = 0
    variation_id: int = 0
    sku: str | None = None


class WooOrder(_Woo):
    id: int
    number: str
    status: str
    currency: str
    customer_id: int
    """0 is a guest."""
    date_created_gmt: datetime
    date_paid_gmt: datetime | None = None
    date_completed_gmt: datetime | None = None
    discount_total: Decimal
    shipping_total: Decimal
    total: Decimal
    total_tax: Decimal
    billing: _Billing
    shipping: _Address
    line_items: list[_Line]

    @property
    def owner_id(self) -> str | None:
        return str(self.customer_id) if self.customer_id else None


class WooRefund(_Woo):
    date_created_gmt: datetime
    amount: Decimal
    refunded_payment: bool = False
    """Whether the payment provider sent it; if not, the shop does by hand."""


def placed_order(order: WooOrder) -> PlacedOrder:
    sent = order.date_completed_gmt
    return PlacedOrder(
        number=order.number,
        status=STATUSES.get(order.status, OrderStatus.PROCESSING),
        placed_at=_utc(order.date_created_gmt),
        currency=order.currency,
        lines=tuple(_line(line) for line in order.line_items),
        total=order.total,
        shipping=order.shipping_total,
        discount=order.discount_total,
        tax=order.total_tax,
        paid=order.date_paid_gmt is not None,
        shipped_at=_utc(sent) if sent and order.status == "completed" else None,
        shipping_address=_in_one_line(order.shipping),
        country=order.shipping.country,
    )


def refund(refund: WooRefund, currency: str) -> Refund:
    at = _utc(refund.date_created_gmt)
    status = RefundStatus.DONE if refund.refunded_payment else RefundStatus.RECORDED
    return Refund(refund.amount, currency, status, at, at if refund.refunded_payment else None)


def _line(line: _Line) -> PlacedLine:
    return PlacedLine(
        id=str(line.id),
        title=line.name,
        quantity=line.quantity,
        unit_price=_each(line),
        variant_id=str(line.variation_id or line.product_id) if line.product_id else None,
        sku=line.sku or "",
    )


def _each(line: _Line) -> Decimal:
    return (
        (line.subtotal / line.quantity).quantize(Decimal("0.01")) if line.quantity else Decimal(0)
    )


def _in_one_line(address: _Address) -> str:
    name = " ".join(filter(None, (address.first_name, address.last_name)))
    place = " ".join(filter(None, (address.state, address.postcode)))
    parts = (name, address.address_1, address.address_2, address.city, place, address.country)
    return ", ".join(filter(None, parts))


def _utc(at: datetime) -> datetime:
    """Its GMT dates have no zone."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
