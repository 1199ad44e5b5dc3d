"""Putting products on the wish list, and taking them off."""

from dataclasses import replace

from bot.actions.act import Act
from bot.actions.cart import wanted
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import english

_MOST = 50


class SaveProduct(Act):
    name = "save_product"

    def answer(self, turn: Turn) -> Answer:
        voice, state = self.context.voice, turn.shopping
        takes_off = english.takes_off_wish_list(turn.text)
        with self.context.sessions() as session:
            found = wanted.several(self.context, session, turn, self.name)
            if isinstance(found, Answer):
                return found
            titles = [each.product.title for each in found]
            ids = tuple(each.id for each in found)
            told = state.having_told(found)
        state = told.focused_on(ids[-1])
        ways = (voice.say("saved-see"), voice.say("cart-go-on"))
        if takes_off:
            kept = tuple(id for id in state.saved if id not in ids)
            is_on_it = kept != state.saved
            text = voice.say("saved-removed" if is_on_it else "saved-lacks", titles=titles)
            return Answer((Reply(text, (), ways),), replace(state, saved=kept))
        if set(ids) <= set(state.saved):
            return Answer((Reply(voice.say("saved-already", titles=titles), (), ways),), state)
        saved = tuple(dict.fromkeys((*state.saved, *ids)))[-_MOST:]
        text, after = voice.say("saved", titles=titles), replace(state, saved=saved)
        if english.moves(turn.text):
            cart = state.cart
            for id in ids:
                cart = cart.without(id)
            after = after.with_cart(cart)
            moved = [t for id, t in zip(ids, titles, strict=True) if id in state.cart.ids]
            if moved:
                text = f"{text} {voice.say('cart-removed', titles=moved)}"
        return Answer((Reply(text, (), ways),), after)
