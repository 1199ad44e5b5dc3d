"""The hand-off to the shop's checkout."""

from bot.actions.act import Act
from bot.actions.cart import cart_words
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.checkout import Checkout
from bot.shopping.cart import Cart
from bot.shopping.contents import contents


class GoToCheckout(Act):
    name = "checkout"

    def answer(self, turn: Turn) -> Answer:
        """The total and the link; what can't be bought any more is said, and stays out of it."""
        voice, state = self.context.voice, turn.shopping
        if not state.cart:
            return Answer((Reply(voice.say("checkout-empty"), (), ()),))
        with self.context.sessions() as session:
            items = contents(session, state.cart)
            out = [cart_words.line(voice, item) for item in items if not item.is_for_sale]
            bought = Cart()
            for item in items:
                if item.is_for_sale:
                    bought = bought.with_quantity(item.id, item.buyable, item.title)
            kept = contents(session, bought)
            total = cart_words.total(voice, session, kept, state.voucher)
            few = [cart_words.line(voice, item) for item in items if item.left is not None]
        if not bought:
            text = " ".join([*out, voice.say("checkout-nothing-left")])
            return Answer((Reply(text, (), (voice.say("cart-go-on"),)),))
        link = self.context.checkout.link(Checkout(bought, state.voucher))
        text = voice.say("checkout-link", total=total, link=link)
        return Answer((Reply("\n".join([*out, *few, text]), (), (voice.say("cart-see"),)),))
