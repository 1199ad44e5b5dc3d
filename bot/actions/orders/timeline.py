"""An order's way as stages, with what is behind it and what is to come."""

from datetime import datetime

from bot.actions.reply import Stage, StageState
from bot.orders.placed_order import PlacedOrder
from bot.voice.voice import Voice
from catalog.models import OrderStatus

_WAY = ("ordered", "packed", "shipped", "delivered")
_REACHED = {
    OrderStatus.PENDING: 0,
    OrderStatus.PAID: 0,
    OrderStatus.PROCESSING: 1,
    OrderStatus.SHIPPED: 2,
    OrderStatus.DELIVERED: 3,
    OrderStatus.RETURN_REQUESTED: 3,
}
"""How far along the way; what is not here has left it."""
_AFTER = frozenset({OrderStatus.CANCELLED, OrderStatus.RETURN_REQUESTED, OrderStatus.REFUNDED})


def timeline(voice: Voice, order: PlacedOrder) -> tuple[Stage, ...]:
    """From the order to its delivery, or to what came in between."""
    ends_otherwise = order.status in _AFTER
    reached = _REACHED.get(order.status)
    if reached is None:
        way: tuple[str, ...] = ("ordered",)
        reached = 0
    else:
        way = _WAY
    stages = [
        Stage(
            voice.say("order-stage", stage=name), _date(voice, order, name), _state(place, reached)
        )
        for place, name in enumerate(way)
    ]
    if order.status is OrderStatus.DELIVERED or ends_otherwise:
        stages = [Stage(each.title, each.time, "done") for each in stages]
    if ends_otherwise:
        stages.append(Stage(voice.say("order-stage", stage=order.status.value), "", "now"))
    return tuple(stages)


def _state(place: int, reached: int) -> StageState:
    if place == reached:
        return "now"
    return "done" if place < reached else "ahead"


def _date(voice: Voice, order: PlacedOrder, stage: str) -> str:
    at: datetime | None = {
        "ordered": order.placed_at,
        "shipped": order.shipped_at,
        "delivered": order.delivered_at,
    }.get(stage)
    if at is not None:
        return voice.say("order-stage-date", date=at)
    if stage == "delivered" and order.expected_at is not None:
        return voice.say("order-stage-by", date=order.expected_at)
    return ""
