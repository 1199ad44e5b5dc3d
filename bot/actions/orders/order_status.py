"""Where an order is."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.orders import choosing, order_words
from bot.actions.orders.order_act import Asked, OrderAct
from bot.actions.orders.timeline import timeline
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.orders.capability import Capability
from bot.orders.placed_order import PlacedOrder
from bot.orders.rules import BEFORE_DISPATCH
from bot.support import english_requests
from bot.support.task import SLOT, Task
from catalog.models import OrderStatus

_OVER = frozenset({OrderStatus.CANCELLED, OrderStatus.REFUNDED, OrderStatus.DELIVERED})


class OrderStatusAct(OrderAct):
    name = "order_status"

    def fits(self, order: PlacedOrder) -> bool:
        return order.status not in _OVER

    def of_order(self, asked: Asked) -> Answer:
        voice, order = self.context.voice, asked.order
        text = order_words.describe(voice, order)
        if english_requests.asks_where_to(asked.turn.text) and order.shipping_address:
            address = order.shipping_address
            text = f"{voice.say('order-goes-to', number=order.number, address=address)}\n{text}"
        answer = self.done(asked.turn, text, self._ways(order))
        [reply] = answer.replies
        return replace(answer, replies=(replace(reply, timeline=timeline(voice, order)),))

    def of_all(self, turn: Turn, task: Task, recent: Sequence[PlacedOrder]) -> Answer:
        """All of them, newest first. "The second one" is the second of these for a turn."""
        voice, listed = self.context.voice, recent[: choosing.MOST]
        said = voice.say("orders-all", count=len(listed), more=len(recent) > len(listed))
        text = f"{said}\n{choosing.overview(voice, listed)}"
        ways = tuple(choosing.ways(voice, listed))
        task = replace(choosing.with_list(task, listed), step="list", question="", ways=ways)
        return Answer((Reply(text, (), ways),), turn.shopping, {SLOT: task.to_slot()})

    def _ways(self, order: PlacedOrder) -> tuple[str, ...]:
        """What can be done with it next."""
        voice, able = self.context.voice, self.context.orders.capabilities
        if order.status in BEFORE_DISPATCH:
            ways = {"start-cancel": Capability.CANCEL, "start-address": Capability.CHANGE_ADDRESS}
        elif order.status is OrderStatus.DELIVERED:
            ways = {"start-return": Capability.RETURN, "start-reorder": Capability.REORDER}
        else:
            ways = {}
        return tuple(voice.say(way) for way, needed in ways.items() if needed in able)
