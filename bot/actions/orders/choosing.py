"""Which of a customer's orders is meant, and what is said where that is to be chosen."""

from collections.abc import Sequence
from dataclasses import replace

from bot.orders.placed_order import PlacedOrder
from bot.shopping import english as pointing
from bot.support import english, english_returns
from bot.support.task import Task
from bot.voice.values import Money
from bot.voice.voice import Voice
from catalog.orders import order_key, order_numbers

MOST = 10
"""Orders in one list."""
_LISTED = "listed"
_EVERY = "every"


def chosen(text: str, task: Task, orders: Sequence[PlacedOrder]) -> PlacedOrder | None:
    """The order that the words point at: by its number, or its place in the list before."""
    if english_returns.means_all(text):
        return None
    numbers = set(order_numbers(text)) or set(places(text, task))
    return next((each for each in orders if order_key(each.number) in numbers), None)


def places(text: str, task: Task) -> list[str]:
    """The numbers, as `order_key` has them, of the orders listed before that the words point at."""
    listed = [order_key(each) for each in task.details.get(_LISTED, "").split("\n") if each]
    if english.means_the_latest(text):
        return listed[:1]
    if english_returns.means_all(text):
        return listed
    return [
        listed[place] for place in pointing.positions(text) if -len(listed) <= place < len(listed)
    ]


def of_every(task: Task) -> Task:
    """The task, as one of all orders: also once its customer has proved with one who they are."""
    return task.with_detail(_EVERY, "yes")


def wants_every(task: Task) -> bool:
    return _EVERY in task.details


def with_list(task: Task, orders: Sequence[PlacedOrder]) -> Task:
    """The task, of which "the second one" is the second of these."""
    kept = {name: value for name, value in task.details.items() if name != _EVERY}
    return replace(task, details={**kept, _LISTED: "\n".join(each.number for each in orders)})


def titles(voice: Voice, orders: Sequence[PlacedOrder]) -> str:
    """One line each, with what was bought: to know it by."""
    return "\n".join(
        voice.say(
            "orders-listed",
            number=order.number,
            placed=order.placed_at,
            titles=[line.title for line in order.lines],
        )
        for order in orders
    )


def overview(voice: Voice, orders: Sequence[PlacedOrder]) -> str:
    """One line each, with what became of it."""
    return "\n".join(
        voice.say(
            "orders-row",
            number=order.number,
            placed=order.placed_at,
            status=order.status.value,
            total=Money(order.total, order.currency),
        )
        for order in orders
    )


def ways(voice: Voice, orders: Sequence[PlacedOrder]) -> list[str]:
    return [voice.say("order-named", number=order.number) for order in orders[:4]]
