"""Where an order is, in human words."""

import time

from bot.actions import order_attempts
from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.voice.values import Money
from bot.voice.voice import Voice
from catalog.models import Order, OrderStatus

_STILL_COMING = frozenset({OrderStatus.PAID, OrderStatus.PROCESSING, OrderStatus.SHIPPED})


class OrderStatusAnswer(Act):
    """Runs when the form is done: with details that belong together, or without any."""

    name = "order_status"
    speaks_of_products = False

    def answer(self, turn: Turn) -> Answer:
        voice = self.context.voice
        refused = voice.say("order-too-many-tries")
        # A shared screen should not keep the key to an order.
        forgotten = {"order_number": None, "order_email": None}
        number, email = turn.slots.get("order_number"), turn.slots.get("order_email")
        if order_attempts.exhausted(turn.slots.get(order_attempts.SLOT), time.time()):
            return Answer((Reply(refused),), slots=forgotten)
        if not number or not email:
            return Answer((Reply(voice.say("order-no-match")),), slots=forgotten)
        try:
            with self.context.sessions() as session:
                order = self.context.orders.find(session, number, email)
                said = voice.say("order-no-match") if order is None else describe(voice, order)
        except order_attempts.TooManyAttemptsError:
            said = refused
        return Answer((Reply(said),), slots=forgotten)


def describe(voice: Voice, order: Order) -> str:
    """Status, dates, parcel and lines of an order: what its customer may know."""
    said = [_state(voice, order)]
    if order.status in _STILL_COMING and order.expected_at:
        said.append(voice.say("order-expected", expected=order.expected_at))
    if order.tracking_number:
        said.append(_parcel(voice, order, order.tracking_number))
    lines = [
        voice.say(
            "order-line",
            quantity=line.quantity,
            title=line.title,
            price=Money(line.unit_price, order.currency),
        )
        for line in order.lines
    ]
    total = Money(order.total, order.currency)
    if order.shipping:
        shipping = Money(order.shipping, order.currency)
        lines.append(voice.say("order-total-shipping", total=total, shipping=shipping))
    else:
        lines.append(voice.say("order-total", total=total))
    if order.tracking_url:
        lines.append(voice.say("order-track", address=order.tracking_url))
    return "\n".join([" ".join(said), *lines])


def _state(voice: Voice, order: Order) -> str:
    if order.status is OrderStatus.DELIVERED and order.delivered_at:
        return voice.say(
            "order-delivered",
            number=order.number,
            placed=order.placed_at,
            delivered=order.delivered_at,
        )
    return voice.say(
        "order-state", number=order.number, placed=order.placed_at, status=order.status
    )


def _parcel(voice: Voice, order: Order, tracking: str) -> str:
    on_its_way = order.status is OrderStatus.SHIPPED
    if order.carrier:
        id = "order-carried" if on_its_way else "order-carrier"
        return voice.say(id, carrier=order.carrier, tracking=tracking)
    return voice.say("order-tracked" if on_its_way else "order-parcel", tracking=tracking)
