"""Limits that nothing can meet: the customer says which one holds."""

from dataclasses import replace

from bot.actions.context import ActionContext
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import edits
from bot.shopping.question import Question
from bot.voice.values import Limit


def asked(context: ActionContext, turn: Turn, text: str) -> Answer | None:
    """The question which of two limits holds; None where they do not contradict each other."""
    found = edits.contradiction(text, context.search.understand)
    if found is None:
        return None
    voice = context.voice
    low, high = Limit(found[0], ""), Limit(found[1], "")
    ways = (voice.say("only-over", amount=low), voice.say("only-under", amount=high))
    reply = Reply(voice.say("no-such-price", low=low, high=high), (), ways)
    question = Question("choose", "refine_search", text, ways)
    return Answer((reply,), replace(turn.shopping, question=question))
