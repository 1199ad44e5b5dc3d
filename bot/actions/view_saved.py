"""What is on the wish list, with what has changed since it was put there."""

from dataclasses import replace

from bot.actions import sentences
from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.voice.values import Money
from catalog.models import Variant
from catalog.products import find_variants
from recommender.offer import Offer


class ViewSaved(Act):
    name = "view_saved"

    def answer(self, turn: Turn) -> Answer:
        state, voice = turn.shopping, self.context.voice
        if not state.saved:
            ways = (voice.say("cart-go-on"),) if state.has_search else sentences.starters(voice)
            return Answer((Reply(voice.say("saved-empty"), (), ways),))
        with self.context.sessions() as session:
            found = find_variants(session, state.saved)
            offers = tuple(Offer.of(each.product, each, score=1.0, why=()) for each in found)
            changes = [said for each in found for said in self._changes(turn, each)]
        ids = tuple(each.id for each in offers)
        if gone := len(state.saved) - len(ids):
            changes.append(voice.say("saved-gone", count=gone))
        text = voice.say("saved-begin", count=len(ids)) if ids else ""
        after = state.after_showing(ids, {each.id: each.price for each in offers})
        ways = (voice.say("saved-first-to-cart"),) if ids else ()
        reply = Reply("\n".join(filter(None, (text, *changes))), offers, ways)
        return Answer((reply,), replace(after, saved=ids))

    def _changes(self, turn: Turn, variant: Variant) -> list[str]:
        voice, title = self.context.voice, variant.product.title
        told, said = turn.shopping.prices.get(variant.id), []
        if told is not None and variant.price is not None and told != variant.price:
            old, new = Money(told, variant.currency), Money(variant.price, variant.currency)
            said.append(voice.say("saved-new-price", title=title, old=old, new=new))
        if variant.in_stock is False:
            said.append(voice.say("saved-sold-out", title=title))
        return said
