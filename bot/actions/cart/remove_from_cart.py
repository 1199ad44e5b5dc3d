"""Taking products out of the cart, some or all of one, or everything."""

from dataclasses import replace

from bot.actions.act import Act
from bot.actions.cart import cart_words, in_cart
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import english
from bot.shopping.cart import Cart
from bot.shopping.contents import contents
from bot.shopping.state import ShoppingState


class RemoveFromCart(Act):
    name = "remove_from_cart"

    def answer(self, turn: Turn) -> Answer:
        state, voice = turn.shopping, self.context.voice
        if state.cart and english.empties(turn.text):
            return self._emptied(state)
        with self.context.sessions() as session:
            found = in_cart.several(self.context, session, turn, self.name)
            if isinstance(found, Answer):
                return found
            number, cart = english.quantity(turn.text), state.cart
            for variant in found:
                kept = 0 if number is None else cart.quantity_of(variant.id) - number
                cart = cart.with_quantity(variant.id, kept)
            after = state.with_cart(cart)
            left = found[0].id if len(found) == 1 and found[0].id in cart.ids else None
            titles = [cart_words.product(voice, each) for each in found]
            if left:
                number = cart.quantity_of(left)
                text = voice.say("cart-changed", quantity=number, title=titles[0])
            else:
                text = voice.say("cart-removed", titles=titles)
            total = cart_words.total(voice, session, contents(session, cart), state.voucher)
        if not cart:
            text, total = f"{text} {voice.say('cart-now-empty')}", ""
        if state.focus in {each.id for each in found}:
            after = replace(after, focus=left)
        ways = (voice.say("cart-undo"), *((voice.say("cart-see"),) if cart else ()))
        return Answer((Reply(" ".join(filter(None, (text, total))), (), ways),), after)

    def _emptied(self, state: ShoppingState) -> Answer:
        voice = self.context.voice
        text = voice.say("cart-emptied")
        after = state.with_cart(Cart())
        return Answer((Reply(text, (), (voice.say("cart-undo"), voice.say("cart-go-on"))),), after)
