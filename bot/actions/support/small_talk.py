"""What is said where no product is meant: a greeting, thanks, an insult, a cry for help."""

from collections.abc import Callable

from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.reply import Answer, Reply
from bot.actions.searching import sentences
from bot.actions.turn import Turn
from bot.voice.voice import Voice


def _nothing(voice: Voice) -> tuple[str, ...]:
    return ()


def _introduction(voice: Voice) -> tuple[str, ...]:
    return (voice.say("start-abilities"), *sentences.helpers(voice))


_SAID: dict[str, tuple[str, Callable[[Voice], tuple[str, ...]]]] = {
    "affirm": ("affirm", _nothing),
    "bot_challenge": ("bot-challenge", sentences.starters),
    "distress": ("distress", _nothing),
    "goodbye": ("goodbye", _nothing),
    "greet": ("greet", _introduction),
    "help": ("help", sentences.starters),
    "insult": ("insult", sentences.starters),
    "other_language": ("other-language", _nothing),
    "thanks": ("thanks", _nothing),
    "unsafe_request": ("unsafe-request", _nothing),
}
"""By the action's name: the message, and the quick replies under it."""


class SmallTalk(Act):
    """Says one message, and does nothing else."""

    speaks_of_products = False

    def __init__(self, context: ActionContext, name: str) -> None:
        super().__init__(context)
        self.name = name  # type: ignore[misc]  # of the instance here: one class, many acts

    def answer(self, turn: Turn) -> Answer:
        message, quick_replies = _SAID[self.name]
        voice = self.context.voice
        return Answer((Reply(voice.say(message), (), quick_replies(voice)),))


def every(context: ActionContext) -> list[SmallTalk]:
    return [SmallTalk(context, name) for name in _SAID]
