"""Reads the shop's own tables as orders."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.orders.placed_order import Parcel, PlacedLine, PlacedOrder
from bot.orders.returns import PlacedReturn
from catalog.models import Order, OrderReturn, OrderReturnLine, OrderStatus, ReturnStatus

_UNPAID = frozenset({OrderStatus.PENDING, OrderStatus.CANCELLED})


def placed_orders(session: Session, orders: Sequence[Order]) -> tuple[PlacedOrder, ...]:
    """Their lines must be loaded."""
    returned = _returned(session, [order.number for order in orders])
    return tuple(_placed(order, returned.get(order.number, {})) for order in orders)


def placed_return(asked: OrderReturn) -> PlacedReturn:
    """Its lines must be loaded."""
    lines: Counter[str] = Counter()
    for line in asked.lines:
        lines[str(line.position)] += line.quantity
    return PlacedReturn(
        asked.number, asked.status, asked.created_at, lines, label_url=asked.label_url
    )


def _placed(order: Order, returned: dict[int, int]) -> PlacedOrder:
    # A shop that takes returns elsewhere says so in the status alone: all of it is on its way.
    all_is_back = order.status is OrderStatus.RETURN_REQUESTED and not returned
    return PlacedOrder(
        number=order.number,
        status=order.status,
        placed_at=order.placed_at,
        currency=order.currency,
        lines=tuple(
            PlacedLine(
                id=str(line.position),
                title=line.title,
                quantity=line.quantity,
                unit_price=line.unit_price,
                variant_id=line.variant_id,
                returned=line.quantity if all_is_back else returned.get(line.position, 0),
            )
            for line in order.lines
        ),
        total=order.total,
        shipping=order.shipping,
        paid=order.status not in _UNPAID,
        expected_at=order.expected_at,
        delivered_at=order.delivered_at,
        parcels=(
            (Parcel(order.carrier, order.tracking_number, order.tracking_url),)
            if order.tracking_number
            else ()
        ),
        shipping_address=order.shipping_address,
    )


def _returned(session: Session, numbers: Sequence[str]) -> dict[str, dict[int, int]]:
    """How many of each line are back or on their way, by order and position."""
    is_taken = OrderReturn.status != ReturnStatus.REJECTED
    counts = (
        select(
            OrderReturnLine.order_number,
            OrderReturnLine.position,
            func.sum(case((is_taken, OrderReturnLine.quantity), else_=0)),
        )
        .join(OrderReturn, OrderReturn.number == OrderReturnLine.return_number)
        .where(OrderReturnLine.order_number.in_(numbers))
        .group_by(OrderReturnLine.order_number, OrderReturnLine.position)
    )
    returned: dict[str, dict[int, int]] = {}
    for number, position, quantity in session.execute(counts):
        returned.setdefault(number, {})[position] = int(quantity)
    return returned
