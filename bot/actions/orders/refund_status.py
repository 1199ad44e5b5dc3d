"""Where the money of an order is, and what was sent back for it."""

from dataclasses import replace

from bot.actions.orders import return_words
from bot.actions.orders.order_act import Asked, OrderAct
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.orders.outcome import Refusal
from bot.orders.placed_order import PlacedOrder
from bot.orders.refund import Refund
from bot.support.english_returns import cancels_a_return
from bot.support.steps import order_spoken_of
from bot.support.task import Task
from bot.voice.values import Money
from catalog.models import OrderStatus

_MAY_HAVE_ONE = frozenset(
    {OrderStatus.CANCELLED, OrderStatus.REFUNDED, OrderStatus.RETURN_REQUESTED}
)
_CANCELS = "cancels"


class RefundStatusAct(OrderAct):
    name = "refund_status"

    def begun(self, turn: Turn) -> Task:
        task = super().begun(turn)
        task = replace(task, number=task.number or order_spoken_of(turn.shopping))
        return task.with_detail(_CANCELS, "yes") if cancels_a_return(turn.text) else task

    def fits(self, order: PlacedOrder) -> bool:
        return order.status in _MAY_HAVE_ONE

    def of_order(self, asked: Asked) -> Answer:
        voice, order = self.context.voice, asked.order
        returns = self.context.orders.returns(asked.request.owner, order.number)
        under_way = [each for each in returns if each.is_open]
        if _CANCELS in asked.task.details and (
            under_way or order.status is OrderStatus.RETURN_REQUESTED
        ):
            return self._cannot_cancel(asked, under_way[0].number if under_way else order.number)
        found = self.context.orders.refunds(asked.request.owner, order.number)
        if isinstance(found, Refusal):
            return self.refused(asked.turn, found, order)
        states = return_words.states(voice, order, returns)
        if not found:
            text = voice.say("refund-none", number=order.number, status=order.status.value)
            ways = () if returns else (voice.say("start-return"),)
            return self.done(asked.turn, "\n".join([*states, text]), ways)
        said = [*states, voice.say("refund-of", number=order.number), *map(self._refund, found)]
        return self.done(asked.turn, "\n".join(said), self.helped())

    def _cannot_cancel(self, asked: Asked, number: str) -> Answer:
        voice, has_desk = self.context.voice, self.context.people is not None
        ways = (voice.say("talk-to-person"),) if has_desk else (voice.say("contact-hours"),)
        return self.done(asked.turn, voice.say("return-cancel", number=number, desk=has_desk), ways)

    def _refund(self, refund: Refund) -> str:
        return self.context.voice.say(
            "refund-line",
            status=refund.status.value,
            amount=Money(refund.amount, refund.currency),
            asked=refund.created_at,
            paid=refund.settled_at or refund.created_at,
        )
