"""What is asked before something is sent back."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.orders.placed_order import PlacedLine, PlacedOrder
from bot.orders.rules import returnable
from bot.support import choices, exchanges, returning
from bot.support.choices import Choice
from bot.support.task import Task
from bot.voice.values import Either
from bot.voice.voice import Voice
from catalog.models import ReturnReason

_REASONS = (
    ReturnReason.TOO_SMALL,
    ReturnReason.TOO_LARGE,
    ReturnReason.CHANGED_MIND,
    ReturnReason.DEFECTIVE,
    ReturnReason.DAMAGED,
    ReturnReason.WRONG_ITEM,
    ReturnReason.NOT_AS_DESCRIBED,
    ReturnReason.OTHER,
)
_MOST_LINES = 4
_MOST_VERSIONS = 6
"""Of the quick replies under a question; an answer may choose any other too."""


@dataclass(frozen=True, slots=True)
class ReturnQuestion:
    text: str
    ways: tuple[str, ...]
    task: Task
    """With what is needed to know an answer."""
    once_more: str = ""
    """What is asked after something in between, if not the same: without the regrets and thanks of
    the first time."""

    @property
    def asked_again(self) -> str:
        return self.once_more or self.text


def which(
    voice: Voice, task: Task, order: PlacedOrder, offered: Sequence[Choice]
) -> ReturnQuestion:
    among = returning.among(task, offered)
    if "among" in task.details:
        text = voice.say("return-which-of-them", titles=Either(tuple(each.title for each in among)))
    else:
        is_faulty = "reason" in task.details and returning.is_fault(task)
        said = "return-which-is-faulty" if is_faulty else "return-which"
        text = voice.say(said, number=order.number)
    ways = (*(each.title for each in among[:_MOST_LINES]), voice.say("return-all"))
    task = task.with_detail("choices", choices.to_detail(offered))
    return ReturnQuestion(text, ways, task)


def how_many(voice: Voice, task: Task, line: PlacedLine) -> ReturnQuestion:
    count = returnable(line)
    text = voice.say("return-how-many", count=count, title=line.title)
    ways = (voice.say("return-all-of-them", count=count), voice.say("return-just-one"))
    return ReturnQuestion(text, ways, task)


def why(voice: Voice, task: Task, lines: Sequence[PlacedLine]) -> ReturnQuestion:
    ways = tuple(voice.say("return-reason", reason=reason.value) for reason in _REASONS)
    titles = [line.title for line in returning.chosen(task, lines)]
    return ReturnQuestion(voice.say("return-why", titles=titles), ways, task)


def in_what_state(voice: Voice, task: Task) -> ReturnQuestion:
    ways = (voice.say("return-unused"), voice.say("return-used"))
    return ReturnQuestion(voice.say("return-condition"), ways, task)


def new_or_money(voice: Voice, task: Task, line: PlacedLine) -> ReturnQuestion:
    ways = (voice.say("return-replace"), voice.say("return-money"))
    text = voice.say("return-remedy", title=line.title)
    return ReturnQuestion(text, ways, task, voice.say("return-remedy-again"))


def which_version(voice: Voice, task: Task, line: PlacedLine) -> ReturnQuestion:
    names = tuple(name for name, _ in exchanges.offered(task))
    if task.step == "version" and not returning.wants_a_list(task):
        apart = tuple(exchanges.told_apart(names))
        text = voice.say("return-version-of-them", names=Either(apart))
        return ReturnQuestion(text, apart[:_MOST_VERSIONS], task)
    said = "return-version-list" if returning.wants_a_list(task) else "return-version"
    text = voice.say(said, title=line.title, names=names)
    return ReturnQuestion(text, names[:_MOST_VERSIONS], task)


def confirm(
    voice: Voice, task: Task, order: PlacedOrder, lines: Sequence[PlacedLine]
) -> ReturnQuestion:
    details = task.details
    version = details.get("version name", "") or "none"
    text = voice.say(
        "return-confirm",
        number=order.number,
        titles=[
            f"{returning.count_of(task, line)} × {line.title}"
            for line in returning.chosen(task, lines)
        ],
        reason=voice.say("return-reason", reason=details["reason"]),
        version="same" if details.get("remedy") == "replacement" else version,
    )
    return ReturnQuestion(text, (voice.say("return-yes"), voice.say("return-no")), task)


def again(voice: Voice, question: ReturnQuestion, *, has_desk: bool) -> str:
    """The question in other words, where what was answered said nothing."""
    missed = returning.misses(question.task)
    if not missed:
        return question.text
    if missed == 1:
        return voice.say("return-missed", question=question.asked_again)
    return voice.say("return-stuck", question=question.asked_again, desk=has_desk)


def is_stuck(task: Task) -> bool:
    return returning.misses(task) > 1
