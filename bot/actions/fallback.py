"""Words that were not understood: a search with them, as they are."""

from bot.actions import refinement, results, sentences
from bot.actions.reply import Answer, Reply
from bot.actions.shop_action import ShopAction
from bot.actions.turn import Turn


class Fallback(ShopAction):
    action_name = "action_fallback"

    def answer(self, turn: Turn) -> Answer:
        search = self.context.search
        state = refinement.search_anew(turn.shopping, search.understand(turn.text))
        response = results.look_up(search, state)
        if response.results and results.is_sure(state, response.results):
            return results.present(search, state, response)
        if not response.results:
            return results.nothing_found(search, state)
        # A guess that is not even meant as a search would only be in the way.
        return Answer((Reply(sentences.NOT_UNDERSTOOD, (), results.STARTERS),))
