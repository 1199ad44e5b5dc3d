"""Where an order is, in human words."""

import time
from datetime import datetime

from bot.actions import order_attempts
from bot.actions.reply import Answer, Reply
from bot.actions.shop_action import ShopAction
from bot.actions.turn import Turn
from bot.actions.validate_order_status_form import NO_MATCH
from catalog.models import Order, OrderStatus
from recommender.explanation import money

TOO_MANY_TRIES = (
    "I couldn't match those details to an order, so for everyone's safety I'll stop asking for "
    "now. Please try again in an hour, or contact the shop."
)
_STATES = {
    OrderStatus.PENDING: "is waiting for your payment",
    OrderStatus.PAID: "is paid and will be packed soon",
    OrderStatus.PROCESSING: "is being packed",
    OrderStatus.SHIPPED: "is on its way",
    OrderStatus.DELIVERED: "was delivered",
    OrderStatus.CANCELLED: "was cancelled",
    OrderStatus.RETURN_REQUESTED: "is coming back: we have your return request",
    OrderStatus.REFUNDED: "was refunded",
}
_STILL_COMING = frozenset({OrderStatus.PAID, OrderStatus.PROCESSING, OrderStatus.SHIPPED})


class OrderStatusAnswer(ShopAction):
    """Runs when the form is done: with details that belong together, or without any."""

    action_name = "action_order_status"

    def answer(self, turn: Turn) -> Answer:
        # A shared screen should not keep the key to an order.
        forgotten = {"order_number": None, "order_email": None}
        number, email = turn.slots.get("order_number"), turn.slots.get("order_email")
        if order_attempts.exhausted(turn.slots.get(order_attempts.SLOT), time.time()):
            return Answer((Reply(TOO_MANY_TRIES),), forgotten)
        if not number or not email:
            return Answer((Reply(NO_MATCH),), forgotten)
        try:
            with self.context.sessions() as session:
                order = self.context.orders.find(session, number, email)
                said = NO_MATCH if order is None else describe(order)
        except order_attempts.TooManyAttemptsError:
            said = TOO_MANY_TRIES
        return Answer((Reply(said),), forgotten)


def describe(order: Order) -> str:
    """Status, dates, parcel and lines of an order: what its customer may know."""
    said = [f"Your order {order.number} of {_day(order.placed_at)} {_STATES[order.status]}"]
    if order.status is OrderStatus.DELIVERED and order.delivered_at:
        said[0] += f" on {_day(order.delivered_at)}"
    said[0] += "."
    if order.status in _STILL_COMING and order.expected_at:
        said.append(f"It should arrive by {_day(order.expected_at)}.")
    if order.tracking_number:
        carrier = f"{order.carrier} carries it" if order.carrier else "Its parcel is tracked"
        if order.status is not OrderStatus.SHIPPED:
            carrier = f"Carrier: {order.carrier}" if order.carrier else "Parcel"
        said.append(f"{carrier}, tracking number {order.tracking_number}.")
    lines = [
        f"• {line.quantity} × {line.title}, {money(line.unit_price, order.currency)}"
        for line in order.lines
    ]
    total = f"Total: {money(order.total, order.currency)}"
    if order.shipping:
        total += f", with {money(order.shipping, order.currency)} shipping"
    tracking = [f"Track it: {order.tracking_url}"] if order.tracking_url else []
    return "\n".join([" ".join(said), *lines, f"{total}.", *tracking])


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
