"""Cancelling an order that has not left yet."""

from bot.actions.orders import order_words
from bot.actions.orders.order_act import Asked, OrderAct
from bot.actions.reply import Answer
from bot.orders.outcome import Refusal
from bot.orders.placed_order import PlacedOrder
from bot.support import english
from bot.voice.values import Money


class CancelOrder(OrderAct):
    name = "cancel_order"
    is_sensitive = True

    def fits(self, order: PlacedOrder) -> bool:
        return self.context.orders.refuses_to_cancel(order) is None

    def of_order(self, asked: Asked) -> Answer:
        voice, order, turn = self.context.voice, asked.order, asked.turn
        if (refusal := self.context.orders.refuses_to_cancel(order)) is not None:
            return self.refused(turn, refusal, order)
        if asked.is_answer and asked.task.step == "confirm":
            if english.says_yes(turn.text, self.name):
                return self._cancelled(asked)
            if english.says_no(turn.text):
                return self.done(turn, voice.say("cancel-kept", number=order.number))
            return self._confirm(asked, voice.say("cancel-only"))
        return self._confirm(asked)

    def _confirm(self, asked: Asked, before: str = "") -> Answer:
        voice, order = self.context.voice, asked.order
        question = voice.say(
            "cancel-confirm",
            number=order.number,
            titles=order_words.in_short(order),
            total=Money(order.total, order.currency),
        )
        ways = (voice.say("cancel-yes"), voice.say("cancel-no"))
        text = f"{before} {question}".strip()
        return self.ask(asked.turn, asked.task, "confirm", text, ways, question)

    def _cancelled(self, asked: Asked) -> Answer:
        voice = self.context.voice
        outcome = self.context.orders.cancel(asked.request, asked.order.number)
        if isinstance(outcome, Refusal):
            return self.refused(asked.turn, outcome, asked.order)
        money = "nothing"
        if outcome.refund is not None:
            money = "under-way" if outcome.refund_is_under_way else "to-come"
        return self.done(
            asked.turn,
            voice.say(
                "cancel-done",
                number=outcome.number,
                final=outcome.is_final,
                money=money,
                refund=Money(outcome.refund or asked.order.total, outcome.currency),
            ),
            self.helped(),
        )
