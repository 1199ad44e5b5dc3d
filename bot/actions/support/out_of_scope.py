"""What no shop's assistant has business with, unless it names something the shop sells."""

from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.reply import Answer, Reply
from bot.actions.searching import results, sentences
from bot.actions.support.answer_policy import AnswerPolicy
from bot.actions.turn import Turn
from bot.shopping import edits


class OutOfScope(Act):
    name = "out_of_scope"

    def __init__(self, context: ActionContext, policies: AnswerPolicy) -> None:
        super().__init__(context)
        self._policies = policies

    def answer(self, turn: Turn) -> Answer:
        search, voice = self.context.search, self.context.voice
        parsed = search.understand(turn.text)
        # "What about cats?" is small talk anywhere but in a shop with a shelf for cats, and who
        # names a price wants to buy.
        if parsed.filters:
            return results.show(
                self.context, edits.search_anew(turn.shopping, turn.text, search.understand)
            )
        if (known := self._policies.known(turn)) is not None:
            return known
        reply = Reply(voice.say("out-of-scope"), (), sentences.starters(voice))
        return Answer((reply,), missed=True)
