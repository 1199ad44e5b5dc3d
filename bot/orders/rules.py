"""What may be done to an order as it is now: the same rules, whichever system keeps it.

An act asks them before it offers itself, and an engine asks them again when it acts.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from bot.orders.address import Address
from bot.orders.outcome import Refusal, RefusalReason
from bot.orders.placed_order import PlacedLine, PlacedOrder
from bot.orders.returns import FAULTS, ReturnItem, ReturnTerms
from catalog.models import OrderStatus, ReturnCondition, Variant

BEFORE_DISPATCH = frozenset({OrderStatus.PENDING, OrderStatus.PAID, OrderStatus.PROCESSING})

_AFTERWARDS = {
    OrderStatus.SHIPPED: RefusalReason.ALREADY_SHIPPED,
    OrderStatus.DELIVERED: RefusalReason.ALREADY_DELIVERED,
    OrderStatus.CANCELLED: RefusalReason.ALREADY_CANCELLED,
    OrderStatus.RETURN_REQUESTED: RefusalReason.RETURN_UNDER_WAY,
    OrderStatus.REFUNDED: RefusalReason.ALREADY_REFUNDED,
}


def refuses_to_cancel(order: PlacedOrder) -> Refusal | None:
    if order.status in BEFORE_DISPATCH:
        return None
    return Refusal(_AFTERWARDS[order.status], order.number)


def refuses_address(order: PlacedOrder, address: Address | None = None) -> Refusal | None:
    """Whether another address can be taken at all, and then this one."""
    if order.status not in BEFORE_DISPATCH:
        return Refusal(_AFTERWARDS[order.status], order.number)
    if address is None:
        return None
    if not address.is_complete:
        return Refusal(RefusalReason.INCOMPLETE_ADDRESS, order.number)
    if address.country and order.country and address.country != order.country:
        return Refusal(RefusalReason.OTHER_COUNTRY, order.number)
    return None


def refuses_return(order: PlacedOrder, terms: ReturnTerms, now: datetime) -> Refusal | None:
    """Whether anything of the order can be sent back now."""
    if order.status is OrderStatus.CANCELLED:
        return Refusal(RefusalReason.ALREADY_CANCELLED, order.number)
    if order.status is OrderStatus.REFUNDED:
        return Refusal(RefusalReason.ALREADY_REFUNDED, order.number)
    last_day = terms.last_day(order)
    if last_day is None:
        return Refusal(RefusalReason.NOT_DELIVERED, order.number)
    if now.date() > last_day:
        return Refusal(RefusalReason.TOO_LATE, order.number, until=last_day)
    if all(returnable(line) == 0 for line in order.lines):
        return Refusal(RefusalReason.RETURN_UNDER_WAY, order.number)
    return None


def refuses_items(
    order: PlacedOrder, items: Sequence[ReturnItem], terms: ReturnTerms, now: datetime
) -> Refusal | None:
    """Whether just these can be sent back now."""
    if refusal := refuses_return(order, terms, now):
        return refusal
    if not items:
        return Refusal(RefusalReason.NOTHING_CHOSEN, order.number)
    lines = {line.id: line for line in order.lines}
    asked: Counter[str] = Counter()
    for item in items:
        line = lines.get(item.line_id)
        if line is None:
            return Refusal(RefusalReason.UNKNOWN_LINE, order.number, line_id=item.line_id)
        if item.quantity < 1:
            return Refusal(RefusalReason.NOTHING_CHOSEN, order.number, line_id=line.id)
        asked[line.id] += item.quantity
        if asked[line.id] > (left := returnable(line)):
            return Refusal(RefusalReason.TOO_MANY, order.number, line_id=line.id, quantity=left)
        if item.condition is ReturnCondition.USED and item.reason not in FAULTS:
            return Refusal(RefusalReason.USED, order.number, line_id=line.id)
    return None


def refuses_exchange(
    bought: Variant | None, wanted: Variant | None, paid: Decimal, quantity: int
) -> RefusalReason | None:
    """Whether so many of what was bought, at what was paid for each, may become another version of
    it, or the same once more: one that costs as much today and is there."""
    if wanted is None:
        return RefusalReason.UNKNOWN_VARIANT
    if bought is None or bought.product_pk != wanted.product_pk:
        return RefusalReason.OTHER_PRODUCT
    if wanted.price != paid:
        return RefusalReason.OTHER_PRICE
    if wanted.in_stock is False or (wanted.stock is not None and wanted.stock < quantity):
        return RefusalReason.OUT_OF_STOCK
    return None


def returnable(line: PlacedLine) -> int:
    """How many of them can still be sent back."""
    return max(line.quantity - line.returned, 0)
