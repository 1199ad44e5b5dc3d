"""One step back: the cart as it was, the page before, or the search before."""

from dataclasses import replace

from bot.actions.act import Act
from bot.actions.cart import cart_words
from bot.actions.reply import Answer, Reply
from bot.actions.searching import results, sentences
from bot.actions.turn import Turn
from bot.shopping.cart import Cart
from bot.shopping.contents import contents
from bot.shopping.state import ShoppingState
from catalog.products import find_variants
from recommender.offer import Offer

_TURNS_THE_PAGE = "show_more"


class Undo(Act):
    name = "undo"

    def answer(self, turn: Turn) -> Answer:
        state, voice = turn.shopping, self.context.voice
        if state.act[-1:] == (_TURNS_THE_PAGE,) and (page := self._page_before(state)):
            return page
        if state.cart_before is not None:
            return self._cart_before(state, state.cart_before)
        before = state.before()
        if before is None:
            ways = () if state.has_search else sentences.starters(voice)
            return Answer((Reply(voice.say("nothing-to-undo"), (), ways),))
        return _said_to_be_back(self, results.show(self.context, before), before)

    def _cart_before(self, state: ShoppingState, cart: Cart) -> Answer:
        """The cart as it was before it was last changed."""
        voice, after = self.context.voice, replace(state, cart=cart, cart_before=None)
        with self.context.sessions() as session:
            inside = cart_words.in_short(voice, contents(session, cart))
        text = f"{voice.say('cart-restored')} {inside or voice.say('cart-now-empty')}"
        return Answer((Reply(text, (), (voice.say("cart-see"),) if cart else ()),), after)

    def _page_before(self, state: ShoppingState) -> Answer | None:
        """What was on the screen before more was shown; None if nothing is left of it."""
        if len(state.pages) < 2:
            return None
        with self.context.sessions() as session:
            variants = find_variants(session, state.pages[-2].ids)
            offers = tuple(Offer.of(each.product, each, score=1.0, why=()) for each in variants)
        if not offers:
            return None
        text = self.context.voice.say("page-before", count=len(offers))
        after = state.after_showing([each.id for each in offers])
        more = (self.context.voice.say("go-on-more"),)
        return Answer((Reply(text, offers, more),), after)


def _said_to_be_back(act: Act, shown: Answer, before: ShoppingState) -> Answer:
    first, *others = shown.replies
    text = act.context.voice.say("undone", found=first.text)
    # A catalogue that has become empty shows nothing, and the step back is taken all the same.
    return replace(shown, replies=(replace(first, text=text), *others), state=shown.state or before)
