"""Asking which size or colour of a product is meant."""

from bot.actions.turn import Turn
from bot.shopping.question import Question
from bot.shopping.versions import Choice
from bot.voice.values import Either
from bot.voice.voice import Voice
from catalog.models import Variant

_MOST_OFFERED = 12


def ask(
    voice: Voice, act: str, said: str, variant: Variant, choice: Choice
) -> tuple[str, Question]:
    """The question in words, and as it is remembered; its options are the quick replies.

    Args:
        act: The act that goes on with the answer.
        said: What the customer had said, whose quantity still counts.
    """
    title, values = variant.product.title, Either(choice.values)
    lacks, lacking = choice.lacks or "none", choice.lacking
    if choice.ask == "color":
        text = voice.say("which-color", title=title, colors=values, lacks=lacks, lacking=lacking)
        options = [voice.say("option-color", color=color) for color in choice.values]
    else:
        text = voice.say("which-size", title=title, sizes=values, lacks=lacks, lacking=lacking)
        options = [voice.say("option-size", size=size) for size in choice.values]
    return text, Question("choose", act, said, tuple(options[:_MOST_OFFERED]))


def answered(turn: Turn, act: str) -> Question | None:
    """The act's question, if the turn chooses among what it offered."""
    question = turn.question
    if question is None or question.kind != "choose" or question.act != act:
        return None
    return question if turn.text in question.options else None
