"""The same again: what was ordered once goes into the cart, as far as the shop still has it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.cart import cart_words
from bot.actions.orders.order_act import Asked, OrderAct
from bot.actions.reply import Answer
from bot.orders.outcome import Refusal
from bot.orders.reorder import ReorderLine
from bot.shopping import adding
from bot.shopping.contents import contents
from bot.support import english
from catalog.products import find_variant


class Reorder(OrderAct):
    name = "reorder"

    def of_order(self, asked: Asked) -> Answer:
        voice, turn = self.context.voice, asked.turn
        lines = self.context.orders.reorder(asked.order)
        if isinstance(lines, Refusal):
            return self.refused(turn, lines, asked.order)
        if not (asked.is_answer and asked.task.step == "confirm"):
            return self._ask(asked, lines)
        if english.says_no(turn.text):
            return self.done(turn, voice.say("reorder-kept"))
        if not english.says_yes(turn.text):
            return self._ask(asked, lines)
        return self._put_in(asked, lines)

    def _ask(self, asked: Asked, lines: Sequence[ReorderLine]) -> Answer:
        """Nothing gets into the cart by a guess."""
        voice = self.context.voice
        text = voice.say(
            "reorder-confirm",
            count=sum(line.quantity for line in lines),
            items=[f"{line.quantity} × {line.title}" for line in lines],
        )
        ways = (voice.say("reorder-yes"), voice.say("reorder-no"))
        return self.ask(asked.turn, asked.task, "confirm", text, ways)

    def _put_in(self, asked: Asked, lines: Sequence[ReorderLine]) -> Answer:
        voice, turn = self.context.voice, asked.turn
        state, added, missing = turn.shopping, [], []
        with self.context.sessions() as session:
            for line in lines:
                variant = find_variant(session, line.variant_id) if line.variant_id else None
                if variant is None:
                    missing.append(line.title)
                    continue
                state, addition = adding.add(state, variant, line.quantity)
                if addition.added:
                    added.append(cart_words.some(voice, variant, addition.added))
                if addition.is_short:
                    missing.append(line.title)
            items = contents(session, state.cart)
            total = cart_words.total(voice, session, items, state.voucher)
        if not added:
            return self.done(turn, voice.say("reorder-nothing", number=asked.order.number))
        state = replace(state, cart_before=turn.shopping.cart)
        text = voice.say(
            "reorder-done", items=added, missing=missing or ["none"], short=bool(missing)
        )
        ways = (voice.say("cart-see"), *cart_words.ways_on(voice))
        return replace(self.done(turn, f"{text} {total}".strip(), ways), state=state)
