"""Notices by e-mail: when something is back in stock, or cheaper."""

from dataclasses import replace
from decimal import Decimal

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from bot.actions.act import Act
from bot.actions.cart import cart_words
from bot.actions.products import meant
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping.english import notices as words
from bot.shopping.question import Question
from bot.voice.values import Money
from catalog.models import NoticeKind, Variant
from catalog.notices import ask, forget
from catalog.products import find_variant


class NotifyMe(Act):
    name = "notify_me"

    def answer(self, turn: Turn) -> Answer:
        """Stores the request, after asking for an address where none is said."""
        if words.cancels(turn.text):
            return self._cancelled(turn)
        question = turn.question if turn.question and turn.question.kind == "email" else None
        asked = f"{question.text} {turn.text}" if question else turn.text
        with self.context.sessions.begin() as session:
            if question is not None:
                variant = find_variant(session, question.options[0])
                if variant is None:
                    return self._said(turn, self.context.voice.say("product-gone"))
            else:
                about = replace(turn, text=words.without_request(turn.text))
                found = meant.one(self.context, session, about, self.name)
                if isinstance(found, Answer):
                    return found
                variant = found
            return self._of(session, turn, variant, asked)

    def _of(self, session: Session, turn: Turn, variant: Variant, asked: str) -> Answer:
        voice, title = self.context.voice, cart_words.product(self.context.voice, variant)
        state = turn.shopping.focused_on(variant.id)
        turn = replace(turn, shopping=state)
        by_price = words.about_price(asked) or (
            variant.in_stock is True and not words.about_stock(asked)
        )
        if not by_price and variant.in_stock is True:
            ways = (voice.say("notify-cheaper"), voice.say("add-it"))
            return self._said(turn, voice.say("notify-is-there", title=title), ways)
        if by_price and variant.price is None:
            return self._said(turn, voice.say("notify-no-price", title=title))
        kind = NoticeKind.PRICE_DROP if by_price else NoticeKind.BACK_IN_STOCK
        below = self._limit(asked, variant) if by_price else None
        told = {
            "kind": "price" if by_price else "back",
            "title": title,
            "price": Money(below or variant.price or Decimal(0), variant.currency),
        }
        address = words.email(asked)
        if address is None:
            return self._ask(turn, variant, voice.say("notify-ask-email", **told), asked)
        try:
            email = validate_email(address, check_deliverability=False).normalized
        except EmailNotValidError:
            text = voice.say("notify-not-an-address", email=address)
            return self._ask(turn, variant, text, words.without_email(asked))
        notice = ask(session, email, variant, kind, below=below)
        if notice is None:
            return self._said(turn, voice.say("notify-known", email=email))
        turn = replace(turn, shopping=replace(state, notices=(*state.notices, notice.id)))
        return self._said(turn, voice.say("notify-stored", email=email, **told))

    def _cancelled(self, turn: Turn) -> Answer:
        """Only those of this conversation: an address alone proves nothing."""
        with self.context.sessions.begin() as session:
            count = forget(session, turn.shopping.notices)
        turn = replace(turn, shopping=replace(turn.shopping, notices=()))
        return self._said(turn, self.context.voice.say("notify-cancelled", count=count))

    def _limit(self, asked: str, variant: Variant) -> Decimal | None:
        """The price that the customer named, where it is below that of now."""
        limit = self.context.search.understand(words.without_email(asked)).filters.price_max
        price = variant.price
        return limit if limit is not None and price is not None and limit < price else None

    def _ask(self, turn: Turn, variant: Variant, text: str, asked: str) -> Answer:
        question = Question("email", self.name, asked, (variant.id,))
        state = replace(turn.shopping, question=question)
        return Answer((Reply(text, (), (self.context.voice.say("never-mind"),)),), state)

    def _said(self, turn: Turn, text: str, ways: tuple[str, ...] = ()) -> Answer:
        return Answer((Reply(text, (), ways),), turn.shopping)
