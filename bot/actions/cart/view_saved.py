"""What is on the wish list, as the catalogue has it now."""

from dataclasses import replace

from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.searching import sentences
from bot.actions.turn import Turn
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
            # What has sold out since it was shown is told of every card.
            out = [e for e in found if e.in_stock is False and e.id not in state.available]
            said = [voice.say("saved-sold-out", title=each.product.title) for each in out]
        ids = tuple(each.id for each in offers)
        if gone := len(state.saved) - len(ids):
            said.append(voice.say("saved-gone", count=gone))
        text = voice.say("saved-begin", count=len(ids)) if ids else ""
        after = state.after_showing(ids)
        ways = (voice.say("saved-first-to-cart"),) if ids else ()
        reply = Reply("\n".join(filter(None, (text, *said))), offers, ways)
        return Answer((reply,), replace(after, saved=ids))
