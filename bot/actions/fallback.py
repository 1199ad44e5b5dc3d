"""Words that were not understood: a search with them, as they are, or a help page."""

from dataclasses import replace

from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.searching import results
from bot.actions.support.answer_policy import AnswerPolicy
from bot.actions.turn import Turn
from bot.shopping import edits


class Fallback(Act):
    name = "fallback"

    def __init__(self, context: ActionContext, policies: AnswerPolicy) -> None:
        super().__init__(context)
        self._policies = policies

    def answer(self, turn: Turn) -> Answer:
        search = self.context.search
        state = edits.search_anew(turn.shopping, turn.text, search.understand)
        narrows = state.has_search and state.text == turn.shopping.text
        if narrows or results.is_meant(search, state):
            return results.show(self.context, state)
        # Products that nobody asked for would only be in the way.
        known = self._policies.known(turn)
        return known or replace(results.nothing_found(self.context), missed=True)
