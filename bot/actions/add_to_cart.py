"""Putting products into the cart: which version, how many, and no more than there are."""

from dataclasses import replace

from bot.actions import cart_words, version_question, wanted
from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import english, stock, versions
from bot.shopping.contents import contents
from bot.shopping.state import ShoppingState
from bot.voice.values import Money
from catalog.models import Variant
from catalog.products import find_variant


class AddToCart(Act):
    name = "add_to_cart"

    def answer(self, turn: Turn) -> Answer:
        voice = self.context.voice
        with self.context.sessions() as session:
            said = turn.text
            if version_question.is_answered(turn, self.name) and turn.question is not None:
                # "Size 9" answers for the product that the question was about.
                said = turn.question.text
                focused = find_variant(session, turn.shopping.focus or "")
                found = (focused,) if focused else wanted.several(self.context, session, turn, "")
            else:
                found = wanted.several(self.context, session, turn, self.name)
            if isinstance(found, Answer):
                return found
            quantity = english.quantity(said)
            if quantity == 0:
                state = turn.shopping.focused_on(found[0].id)
                return Answer((Reply(voice.say("cart-how-many")),), state)
            parsed = self.context.search.understand(turn.text).filters
            state, texts, added, open_ones = turn.shopping, [], [], []
            ways: tuple[str, ...] = ()
            for variant in found:
                choice = versions.choose(variant, parsed, state.filters)
                if choice.variant is None:
                    open_ones.append((variant, choice))
                elif choice.variant.in_stock is False:
                    text, ways = self._sold_out(choice.variant)
                    texts.append(text)
                    state = state.focused_on(choice.variant.id)
                else:
                    state, text = self._added(state, choice.variant, quantity or 1)
                    texts.append(text)
                    added.append(choice.variant)
            if added:
                if english.moves(said):
                    ids = {each.id for each in (*found, *added)}
                    state = replace(state, saved=tuple(id for id in state.saved if id not in ids))
                items = contents(session, state.cart)
                texts.append(cart_words.total(voice, session, items, state.voucher))
                ways = ways or (voice.say("cart-see"), *cart_words.ways_on(voice))
            if open_ones:
                (variant, choice), *later = open_ones
                text, question = version_question.ask(voice, self.name, said, variant, choice)
                names = [each.product.title for each, _ in later]
                texts += [text, *([voice.say("version-later", names=names)] if names else [])]
                state = replace(state.focused_on(variant.id), question=question)
                ways = question.options
        return Answer((Reply(" ".join(filter(None, texts)), (), ways),), state)

    def _added(
        self, state: ShoppingState, variant: Variant, quantity: int
    ) -> tuple[ShoppingState, str]:
        voice, already = self.context.voice, state.cart.quantity_of(variant.id)
        title = cart_words.product(voice, variant)
        if not already and state.cart.is_full:
            return state, voice.say("cart-full", title=title)
        most = stock.most(variant)
        allowed = min(quantity, most - already)
        state = state.focused_on(variant.id)
        if allowed <= 0:
            return state, voice.say("cart-has-all", title=title, count=most)
        told = state.prices.get(variant.id)
        cart = state.cart.with_more(variant.id, allowed, variant.product.title)
        state = state.with_cart(cart).having_told([variant])
        texts = [self._addition(variant, allowed)]
        if variant.price is not None and told is not None and told != variant.price:
            was, now = Money(told, variant.currency), Money(variant.price, variant.currency)
            texts.append(voice.say("price-changed", title=title, was=was, now=now))
        if allowed < quantity:
            texts.append(cart_words.no_more(voice, most))
        elif already:
            texts.append(voice.say("cart-now", count=already + allowed))
        return state, " ".join(texts)

    def _addition(self, variant: Variant, quantity: int) -> str:
        voice = self.context.voice
        some = cart_words.some(voice, variant, quantity)
        if variant.price is None:
            return voice.say("cart-added-unpriced", some=some)
        price = Money(variant.price * quantity, variant.currency)
        return voice.say("cart-added", some=some, price=price)

    def _sold_out(self, variant: Variant) -> tuple[str, tuple[str, ...]]:
        """That it can't be bought now, and what can be done instead."""
        voice = self.context.voice
        text = voice.say("cart-sold-out", title=cart_words.product(voice, variant))
        ways = [voice.say("notify-back"), voice.say("similar-to-it")]
        if colors := versions.in_other_colors(variant):
            text = f"{text} {voice.say('version-in-colors', colors=colors)}"
            ways.insert(0, voice.say("add-in-color", color=colors[0], size=variant.size or "none"))
        elif sizes := versions.in_other_sizes(variant):
            text = f"{text} {voice.say('version-in-sizes', sizes=sizes)}"
            ways.insert(0, voice.say("add-in-size", size=sizes[0]))
        return text, tuple(ways)
