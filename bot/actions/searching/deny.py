"""A no: to what is shown, or to some of it ("without Thistledash")."""

from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.searching import results
from bot.actions.turn import Turn
from bot.shopping import edits
from recommender.query.constraints import EXCLUSIONS


class Deny(Act):
    name = "deny"

    def answer(self, turn: Turn) -> Answer:
        search, state = self.context.search, turn.shopping
        parsed = search.understand(turn.text)
        if state.has_search and not set(EXCLUSIONS).isdisjoint(parsed.filters.names()):
            return results.show(self.context, edits.refine(state, turn.text, search.understand))
        return Answer((Reply(self.context.voice.say("deny")),))
