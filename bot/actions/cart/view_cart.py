"""What is in the cart: its lines, their prices and the total, as the catalogue has it now."""

from dataclasses import replace

from bot.actions.act import Act
from bot.actions.cart import cart_words
from bot.actions.reply import Answer, Reply
from bot.actions.searching import sentences
from bot.actions.turn import Turn
from bot.shopping.contents import contents
from recommender.offer import Offer


class ViewCart(Act):
    name = "view_cart"

    def answer(self, turn: Turn) -> Answer:
        state, voice = turn.shopping, self.context.voice
        if not state.cart:
            ways = (voice.say("cart-go-on"),) if state.has_search else sentences.starters(voice)
            return Answer((Reply(voice.say("cart-empty"), (), ways),))
        with self.context.sessions() as session:
            items = contents(session, state.cart)
            lines = [cart_words.line(voice, item) for item in items]
            sold = [item.variant for item in items if item.variant is not None]
            offers = tuple(Offer.of(each.product, each, score=1.0, why=()) for each in sold)
            total = cart_words.total(voice, session, items, state.voucher)
        text = "\n".join(filter(None, (voice.say("cart-begin"), *lines, total)))
        # What the catalogue has no more was told of once, and can't be bought.
        cart = state.cart
        for item in items:
            cart = cart if item.variant is not None else cart.without(item.id)
        after = state.after_showing([each.id for each in offers])
        ways = cart_words.ways_on(voice) if cart else (voice.say("cart-go-on"),)
        return Answer((Reply(text, offers, ways),), replace(after, cart=cart))
