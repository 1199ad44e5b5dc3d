"""Sending an order somewhere else, before it leaves."""

from dataclasses import replace

from pydantic import TypeAdapter
from pydantic_core import to_json

from bot.actions.orders.order_act import Asked, OrderAct
from bot.actions.reply import Answer
from bot.orders.address import Address
from bot.orders.outcome import Refusal
from bot.orders.placed_order import PlacedOrder
from bot.support import english
from bot.support.postal_address import corrected


class ChangeAddress(OrderAct):
    name = "change_address"
    is_sensitive = True

    def fits(self, order: PlacedOrder) -> bool:
        return self.context.orders.refuses_address(order) is None

    def of_order(self, asked: Asked) -> Answer:
        voice, turn, order = self.context.voice, asked.turn, asked.order
        if (refusal := self.context.orders.refuses_address(order)) is not None:
            return self.refused(turn, refusal, order)
        if asked.is_answer and asked.task.step == "address":
            return self._confirm(asked)
        if asked.is_answer and asked.task.step == "confirm":
            if english.says_yes(turn.text, self.name):
                return self._changed(asked)
            given = _given(asked)
            if not english.says_no(turn.text) or corrected(turn.text, given) != given:
                return self._confirm(asked)
        text = voice.say("address-ask", number=order.number, now=order.shipping_address or "none")
        return self.ask(turn, replace(asked.task, details={}), "address", text)

    def _confirm(self, asked: Asked) -> Answer:
        """Asks whether that is it, as often as something of it is put right."""
        voice, order = self.context.voice, asked.order
        given = _given(asked)
        address = corrected(asked.turn.text, given)
        task = asked.task.with_detail("address", to_json(address).decode())
        if not address.is_complete:
            said = voice.say("address-incomplete", example=order.shipping_address or "none")
            return self.ask(asked.turn, task, "address", said)
        if (refusal := self.context.orders.refuses_address(order, address)) is not None:
            return self.refused(asked.turn, refusal, order)
        said = voice.say("address-confirm", number=order.number, address=address.in_one_line())
        is_unclear = task.step == "confirm" and address == given
        text = f"{voice.say('address-unclear')} {said}" if is_unclear else said
        ways = (voice.say("address-yes"), voice.say("address-no"))
        return self.ask(asked.turn, task, "confirm", text, ways, said)

    def _changed(self, asked: Asked) -> Answer:
        voice, address = self.context.voice, _given(asked)
        outcome = self.context.orders.change_address(asked.request, asked.order.number, address)
        if isinstance(outcome, Refusal):
            return self.refused(asked.turn, outcome, asked.order)
        said = voice.say("address-done", number=outcome.number, address=address.in_one_line())
        return self.done(asked.turn, said, self.helped())


def _given(asked: Asked) -> Address:
    """What the customer has said of the new address so far; it is for whom the order is for."""
    told = asked.task.details.get("address")
    if told is not None:
        return TypeAdapter(Address).validate_json(told)
    # The name is the first part of the order's address.
    name = asked.order.shipping_address.partition(",")[0].strip()
    return Address(name, line1="", city="", postcode="")
