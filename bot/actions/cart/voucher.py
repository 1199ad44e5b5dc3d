"""Vouchers: which there are, whether one counts, and what it saves."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from bot.actions.act import Act
from bot.actions.cart import cart_words, voucher_words
from bot.actions.products import meant
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import english
from bot.shopping.contents import contents
from bot.shopping.english import vouchers
from bot.shopping.question import Question
from bot.shopping.state import ShoppingState
from bot.voice.values import Money
from catalog.models import Variant, Voucher
from catalog.pricing import PricedLine, Refusal, discount, subtotal, validity
from catalog.vouchers import find_voucher, public_vouchers, voucher_code

_MOST_OFFERED = 3


class RedeemVoucher(Act):
    name = "voucher"

    def answer(self, turn: Turn) -> Answer:
        if vouchers.removes(turn.text):
            return self._removed(turn)
        code = vouchers.code(turn.text)
        if code is None and turn.question is not None and turn.question.kind == "code":
            code = vouchers.only_code(turn.text)
        with self.context.sessions() as session:
            if code is None and vouchers.asks_for_some(turn.text):
                return self._public(session)
            if code is None:
                code = turn.shopping.voucher
            if code is None:
                return self._asked(turn)
            return self._redeemed(session, turn, code)

    def _redeemed(self, session: Session, turn: Turn, code: str) -> Answer:
        voice, state = self.context.voice, turn.shopping
        voucher = find_voucher(session, code)
        refusal = validity(voucher, datetime.now(UTC))
        if voucher is None or refusal is not None:
            refusal = refusal or Refusal("unknown")
            text = voucher_words.refused(voice, code, voucher, refusal, "")
            # A code that counted yesterday is not kept either.
            kept = None if state.voucher == voucher_code(code) else state.voucher
            reply = Reply(text, (), (voice.say("voucher-which"),))
            return Answer((reply,), replace(state, voucher=kept))
        state = replace(state, voucher=voucher.code)
        about = vouchers.without(turn.text)
        points = vouchers.asks_of_product(about) or english.positions(about)
        if points or (english.has_pronoun(about) and state.focus):
            asked = replace(turn, text=about, shopping=state)
            found = meant.several(self.context, session, asked, self.name)
            if not isinstance(found, Answer):
                return self._with_products(voucher, found, turn, state)
            question = found.state.question if found.state else None
            if question is not None and question.kind == "which":
                question = replace(question, text=turn.text)
                return replace(found, state=replace(state, question=question))
        if state.cart:
            items = contents(session, state.cart)
            text = cart_words.total(voice, session, items, state.voucher)
            ways = (voice.say("cart-see"), *cart_words.ways_on(voice))
            return Answer((Reply(text or voucher_words.terms(voice, voucher), (), ways),), state)
        text = f"{voice.say('voucher-kept')} {voucher_words.terms(voice, voucher)}"
        return Answer((Reply(text),), state)

    def _with_products(
        self, voucher: Voucher, found: tuple[Variant, ...], turn: Turn, state: ShoppingState
    ) -> Answer:
        """What these cost with the voucher."""
        voice = self.context.voice
        titles = [cart_words.product(voice, each) for each in found]
        lines = [line for each in found if (line := PricedLine.of(each)) is not None]
        if len(found) == 1:
            state = state.focused_on(found[0].id)
        ways = (voice.say("add-it"),) if len(found) == 1 else ()
        if len(lines) < len(found):
            text = voice.say("voucher-unpriced", titles=titles)
            return Answer((Reply(f"{text} {voucher_words.terms(voice, voucher)}"),), state)
        currency, sum_ = lines[0].currency, subtotal(lines)
        outcome = discount(voucher, lines, datetime.now(UTC))
        if isinstance(outcome, Refusal):
            text = voucher_words.refused(voice, voucher.code, voucher, outcome, currency)
            price = Money(sum_, currency)
            text = f"{voice.say('voucher-price-alone', titles=titles, price=price)} {text}"
        else:
            text = voice.say(
                "voucher-price",
                titles=titles,
                code=voucher.code,
                price=Money(sum_ - outcome.amount, currency),
                sum=Money(sum_, currency),
                saving=Money(outcome.amount, currency),
            )
        return Answer((Reply(text, (), ways),), state.having_told(found))

    def _public(self, session: Session) -> Answer:
        """Only what the shop lets everybody know, and nothing made up."""
        voice = self.context.voice
        public = public_vouchers(session, datetime.now(UTC))
        if not public:
            return Answer((Reply(voice.say("voucher-none-public")),))
        lines = [f"• {voucher_words.terms(voice, each)}" for each in public]
        text = "\n".join([voice.say("voucher-list", count=len(public)), *lines])
        ways = tuple(voice.say("voucher-use", code=each.code) for each in public[:_MOST_OFFERED])
        return Answer((Reply(text, (), ways),))

    def _asked(self, turn: Turn) -> Answer:
        question = Question("code", self.name, turn.text)
        text = self.context.voice.say("voucher-which-code")
        return Answer((Reply(text),), replace(turn.shopping, question=question))

    def _removed(self, turn: Turn) -> Answer:
        voice, state = self.context.voice, turn.shopping
        if state.voucher is None:
            return Answer((Reply(voice.say("voucher-none-kept")),), state)
        text = voice.say("voucher-removed", code=state.voucher)
        state = replace(state, voucher=None)
        with self.context.sessions() as session:
            total = cart_words.total(voice, session, contents(session, state.cart), None)
        return Answer((Reply(" ".join(filter(None, (text, total)))),), state)
