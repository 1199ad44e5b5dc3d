"""A turn while something about an order is open: whose it is, and what becomes of the question."""

from dataclasses import replace

from bot.actions.open_question import asked
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.support.english_identity import after_leaving
from bot.support.steps import WHO, answers
from bot.support.task import SLOT
from bot.voice.voice import Voice

_IN_BETWEEN = frozenset(
    {
        "answer_policy", "bot_challenge", "delete_conversation", "greet", "help", "insult",
        "other_language", "out_of_scope", "personal_data", "recap", "thanks", "unsafe_request",
    }
)  # fmt: skip
"""After these the question is asked again; anything else leaves it."""
_LEAVES = frozenset(
    {
        "add_to_cart", "bundle", "change_cart", "compare", "complements", "gift", "goodbye",
        "notify_me", "product_details", "refine_search", "remove_from_cart", "save_product",
        "search_products", "show_more", "similar", "start_over", "undo", "view_saved", "why_this",
    }
)  # fmt: skip


_SURE = 0.3
"""Of an intent that leaves what is open: a few words about nothing are taken for anything."""


def is_stray(turn: Turn) -> bool:
    """Whether the words may be about nothing in particular, while something is asked."""
    is_open = turn.task is not None and bool(turn.task.question)
    return is_open and turn.confidence < _SURE and turn.intent in _LEAVES


def continued(turn: Turn) -> Turn | None:
    """The turn for the act whose question it answers; None if it answers none."""
    if turn.task is None:
        return None
    brings_a_picture = bool(turn.attachment) and turn.task.act == "return_order"
    if not brings_a_picture and not answers(turn.text, turn.intent, turn.task):
        return None
    return replace(turn, goes_on=True)


def left_behind(turn: Turn) -> Turn | None:
    """The turn with what is wanted instead of who is asked for: "forget the code, ..."."""
    if turn.task is None or turn.task.step not in WHO:
        return None
    text = after_leaving(turn.text)
    return replace(turn, text=text, task=replace(turn.task, question="")) if text else None


def after(voice: Voice, turn: Turn, name: str, answer: Answer) -> Answer:
    """The answer of another act, with the open question asked again, or given up."""
    if turn.task is None or turn.goes_on or SLOT in (answer.slots or {}):
        return answer
    if name in _IN_BETWEEN and not turn.task.question:
        return answer
    if name in _IN_BETWEEN:
        again = asked(turn.task)
        if name == "recap":  # it is where they were
            return replace(answer, replies=(again,))
        replies = (*(replace(each, quick_replies=()) for each in answer.replies), again)
        return replace(answer, replies=replies)
    return replace(answer, slots={**(answer.slots or {}), SLOT: None})
