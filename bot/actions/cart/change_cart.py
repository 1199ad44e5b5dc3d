"""Changing a line of the cart: how many, which size, which colour."""

from dataclasses import replace

from bot.actions.act import Act
from bot.actions.cart import cart_words, in_cart, version_question
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import adding, cart_change, versions
from bot.shopping.contents import contents
from bot.shopping.question import Question
from bot.shopping.state import ShoppingState
from catalog.models import Variant
from catalog.products import find_variant
from recommender.query.constraints import Constraints


class ChangeCart(Act):
    name = "change_cart"

    def answer(self, turn: Turn) -> Answer:
        voice, state, said = self.context.voice, turn.shopping, ""
        with self.context.sessions() as session:
            found: Variant | Answer | None = None
            if (asked := version_question.answered(turn, self.name)) is not None:
                said = asked.text
                found = find_variant(session, state.focus or "")
            found = found or in_cart.one(self.context, session, turn, self.name)
            if isinstance(found, Answer):
                return found
            state = state.focused_on(found.id)
            parsed = self.context.search.understand(turn.text).filters
            change = cart_change.read(found, parsed, turn.text, said)
            if not change:
                what = self._no_such_size if change.lacks_size else self._what
                return what(state, found, said or turn.text)
            new = found
            if change.version:
                choice = versions.choose(found, change.version, Constraints())
                if choice.variant is None:
                    words = said or turn.text
                    text, question = version_question.ask(voice, self.name, words, found, choice)
                    state = replace(state, question=question)
                    return Answer((Reply(text, (), question.options),), state)
                new = choice.variant
            if new.in_stock is False and new is not found:
                title = cart_words.product(voice, new)
                return Answer((Reply(voice.say("cart-sold-out", title=title)),), state)
            quantity = change.quantity(state.cart.quantity_of(found.id))
            after, text = self._changed(state, found, new, quantity)
            total = cart_words.total(voice, session, contents(session, after.cart), state.voucher)
        ways = (voice.say("cart-see"), *cart_words.ways_on(voice)) if after.cart else ()
        return Answer((Reply(" ".join(filter(None, (text, total))), (), ways),), after)

    def _changed(
        self, state: ShoppingState, old: Variant, new: Variant, quantity: int
    ) -> tuple[ShoppingState, str]:
        voice = self.context.voice
        if quantity <= 0:
            title = cart_words.product(voice, old)
            after = state.with_cart(state.cart.without(old.id))
            text = voice.say("cart-removed", titles=[title])
            return after, text if after.cart else f"{text} {voice.say('cart-now-empty')}"
        cart, most = state.cart, adding.most(new)
        if new is not old:
            quantity += cart.quantity_of(new.id)
            cart = cart.exchanged(old.id, new.id)
        cart = cart.with_quantity(new.id, min(quantity, max(most, 1)))
        after = state.with_cart(cart).focused_on(new.id).having_told([new])
        title = cart_words.product(voice, new)
        text = voice.say("cart-changed", quantity=cart.quantity_of(new.id), title=title)
        return after, f"{text} {cart_words.no_more(voice, most)}" if quantity > most else text

    def _no_such_size(self, state: ShoppingState, variant: Variant, said: str) -> Answer:
        """That there is no bigger or smaller one, and which there are."""
        voice, sizes = self.context.voice, versions.in_other_sizes(variant)
        title = cart_words.product(voice, variant)
        text = voice.say("cart-no-such-size", title=title, sizes=sizes, count=len(sizes))
        options = tuple(voice.say("option-size", size=size) for size in sizes)
        question = Question("choose", self.name, said, options) if options else None
        return Answer((Reply(text, (), options),), replace(state, question=question))

    def _what(self, state: ShoppingState, variant: Variant, said: str) -> Answer:
        """Asks what to change, where the words do not say it."""
        voice = self.context.voice
        sizes = versions.in_other_sizes(variant)
        options = (
            voice.say("one-more"),
            voice.say("one-less"),
            *(voice.say("option-size", size=size) for size in sizes),
        )
        text = voice.say("cart-change-what", title=cart_words.product(voice, variant))
        question = Question("choose", self.name, said, options)
        return Answer((Reply(text, (), options),), replace(state, question=question))
