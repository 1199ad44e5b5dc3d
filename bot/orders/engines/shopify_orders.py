"""Shopify's orders in the words of the port."""

from datetime import datetime
from decimal import Decimal

from bot.orders.engines.shopify_answers import (
    ShopifyAddress,
    ShopifyLine,
    ShopifyMoney,
    ShopifyOrder,
    ShopifyRefund,
)
from bot.orders.placed_order import Parcel, PlacedLine, PlacedOrder
from bot.orders.refund import Refund
from catalog.importers.shopify import shopify_variant_id
from catalog.models import OrderStatus, RefundStatus

_RETURNING = frozenset({"RETURN_REQUESTED", "IN_PROGRESS", "INSPECTION_COMPLETE", "RETURNED"})
_SENT = frozenset({"FULFILLED", "PARTIALLY_FULFILLED"})
_PACKING = frozenset({"IN_PROGRESS", "PENDING_FULFILLMENT"})
_UNPAID = frozenset({"PENDING", "EXPIRED", "VOIDED"})
_FOLLOWED = frozenset(
    {
        "CARRIER_PICKED_UP",
        "IN_TRANSIT",
        "OUT_FOR_DELIVERY",
        "ATTEMPTED_DELIVERY",
        "NOT_DELIVERED",
        "DELAYED",
        "DELIVERED",
        "READY_FOR_PICKUP",
        "PICKED_UP",
    }
)
"""A fulfillment's states that a carrier reports: its delivery will be reported too."""


def placed_order(order: ShopifyOrder, returnable: dict[str, int] | None = None) -> PlacedOrder:
    """The order, with how many of each line Shopify would take back, by the line's id.

    Without them that is whatever was not refunded.
    """
    lines = tuple(_line(line, returnable) for line in order.line_items.nodes)
    parcels = order.parcels
    arrived = [each.delivered_at for each in parcels if each.delivered_at]
    is_followed = any(each.display_status in _FOLLOWED for each in parcels)
    sent = [each.created_at for each in parcels]
    expected = [each.estimated_delivery_at for each in parcels if each.estimated_delivery_at]
    return PlacedOrder(
        number=order.name.lstrip("#"),
        status=_status(order),
        placed_at=order.created_at,
        currency=order.presentment_currency_code,
        lines=lines,
        total=order.total_price_set.amount,
        shipping=order.total_shipping_price_set.amount,
        discount=_amount(order.total_discounts_set) or Decimal(0),
        tax=_amount(order.total_tax_set),
        tax_is_included=order.taxes_included,
        paid=order.fully_paid,
        expected_at=max(expected, default=None),
        shipped_at=max(sent) if sent and not is_followed else None,
        delivered_at=max(arrived) if arrived and len(arrived) == len(parcels) else None,
        parcels=tuple(
            Parcel(each.company or "", each.number, each.url or "")
            for parcel in parcels
            for each in parcel.tracking_info
            if each.number
        ),
        shipping_address=_in_one_line(order.shipping_address),
        country=order.country,
        page_url=order.status_page_url,
    )


def refund(refund: ShopifyRefund, placed_at: datetime) -> Refund:
    states = {each.status for each in refund.transactions.nodes}
    settled = [each.processed_at for each in refund.transactions.nodes if each.processed_at]
    if states & {"FAILURE", "ERROR"}:
        status = RefundStatus.FAILED
    elif states & {"PENDING", "AWAITING_RESPONSE", "UNKNOWN"}:
        status = RefundStatus.PENDING
    else:
        status = RefundStatus.DONE if states else RefundStatus.RECORDED
    return Refund(
        refund.total_refunded_set.amount,
        refund.total_refunded_set.presentment_money.currency_code,
        status,
        refund.created_at or placed_at,
        max(settled) if settled and status is RefundStatus.DONE else None,
    )


def _status(order: ShopifyOrder) -> OrderStatus:
    if order.cancelled_at:
        return OrderStatus.CANCELLED
    if order.display_financial_status == "REFUNDED":
        return OrderStatus.REFUNDED
    if order.return_status in _RETURNING:
        return OrderStatus.RETURN_REQUESTED
    if order.display_fulfillment_status in _SENT:
        is_whole = order.display_fulfillment_status == "FULFILLED"
        has_arrived = bool(order.parcels) and all(each.delivered_at for each in order.parcels)
        return OrderStatus.DELIVERED if is_whole and has_arrived else OrderStatus.SHIPPED
    if order.display_fulfillment_status in _PACKING:
        return OrderStatus.PROCESSING
    is_unpaid = order.display_financial_status in _UNPAID
    return OrderStatus.PENDING if is_unpaid else OrderStatus.PAID


def _line(line: ShopifyLine, returnable: dict[str, int] | None) -> PlacedLine:
    left = line.refundable_quantity if returnable is None else returnable.get(line.id, 0)
    variant = line.variant
    options = [(each.name, each.value) for each in variant.selected_options] if variant else []
    return PlacedLine(
        id=line.id,
        title=line.name,
        quantity=line.quantity,
        unit_price=line.original_unit_price_set.amount,
        variant_id=shopify_variant_id(variant.product.handle, options) if variant else None,
        sku=line.sku or "",
        returned=line.quantity - left,
    )


def _amount(money: ShopifyMoney | None) -> Decimal | None:
    return None if money is None else money.amount


def _in_one_line(address: ShopifyAddress | None) -> str:
    if address is None:
        return ""
    place = " ".join(filter(None, (address.province_code, address.zip)))
    parts = (address.name, address.address1, address.address2, address.city, place)
    return ", ".join(filter(None, (*parts, address.country_code_v2)))
