"""Leaving a search behind; what the customer has put aside stays."""

from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.searching import results, sentences
from bot.actions.turn import Turn
from bot.shopping import english


class StartOver(Act):
    name = "start_over"

    def answer(self, turn: Turn) -> Answer:
        voice = self.context.voice
        state = turn.shopping.without_search()
        wish = english.without_restart(turn.text)
        if english.adds_to_wish(wish):
            parsed = self.context.search.understand(wish)
            return results.show(self.context, state.for_query(parsed))
        text = voice.say("started-over", kept=len(state.cart.lines), saved=len(state.saved))
        return Answer((Reply(text, (), sentences.starters(voice)),), state)
