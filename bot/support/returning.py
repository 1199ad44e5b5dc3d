"""What a message says of a return, whatever was asked: "return the boots, too small"."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.orders.placed_order import PlacedLine
from bot.orders.returns import FAULTS
from bot.orders.rules import returnable
from bot.support import choices, english_pictures, exchanges
from bot.support import english_returns as words
from bot.support.choices import Choice, Meant
from bot.support.english import begins_with_yes
from bot.support.task import Task
from catalog.models import ReturnCondition, ReturnReason

_MISSED = "missed"
_LIST = "list"


def heard(
    task: Task,
    text: str,
    lines: Sequence[PlacedLine],
    offered: Sequence[Choice],
    knows: Callable[[str], bool],
) -> Task:
    """The task with what the text says.

    Args:
        task: its `step` is what the text answers; empty where it asks for the return.
        lines: those that can be returned.
        offered: how they may be called.
        knows: whether a word is one.
    """
    task = _with_lines(task, text, offered)
    task = _with_counts(task, text, lines, offered)
    task = _with_reason(task, text, knows)
    if task.step == "condition":
        unused = words.says_unused(text)
        if unused is not None:
            condition = ReturnCondition.UNUSED if unused else ReturnCondition.USED
            task = task.with_detail("condition", condition.value)
    elif task.step in ("", "reason") and words.tells_unused(text):
        task = task.with_detail("condition", ReturnCondition.UNUSED.value)
    task = _with_another_remedy(_with_remedy(task, text), text)
    if task.step == "version":
        task = _with_version(task, text)
    return task


def chosen(task: Task, lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    ids = task.details.get("lines", "").split("\n")
    return [line for line in lines if line.id in ids]


def count_of(task: Task, line: PlacedLine) -> int | None:
    """How many of a line come back; None where that has to be asked."""
    if returnable(line) == 1:
        return 1
    said = task.details.get(f"count {line.id}")
    return None if said is None else int(said)


def uncounted(task: Task, lines: Sequence[PlacedLine]) -> PlacedLine | None:
    """The next of the chosen lines of which nobody knows how many."""
    return next((line for line in chosen(task, lines) if count_of(task, line) is None), None)


def among(task: Task, offered: Sequence[Choice]) -> list[Choice]:
    """The lines that may be meant: all, or those that an answer fits."""
    ids = task.details.get("among", "").split("\n")
    return [each for each in offered if each.id in ids] or list(offered)


def missing(task: Task, lines: Sequence[PlacedLine]) -> str:
    """The step that comes next; empty where all is said."""
    details = task.details
    if "lines" not in details or "among" in details:
        return "items"
    if uncounted(task, lines) is not None:
        return "quantity"
    if "reason" not in details:
        return "reason"
    if is_fault(task):
        if "remedy" not in details:
            return "remedy"
    elif "condition" not in details:
        return "condition"
    is_exchange = "exchange" in details and details.get("remedy") != "replacement"
    return "version" if is_exchange and "version" not in details else ""


def counting_misses(before: Task, after: Task) -> Task:
    """The task with how many answers in a row said nothing."""
    kept = {name: value for name, value in after.details.items() if name != _MISSED}
    said = {name: value for name, value in before.details.items() if name != _MISSED}
    if not before.step or kept != said:
        return replace(after, details=kept)
    return after.with_detail(_MISSED, str(misses(before) + 1))


def wants_a_list(task: Task) -> bool:
    """Whether the versions have to be named: an answer was none of them, or they were asked for."""
    return _LIST in task.details or misses(task) > 0


def misses(task: Task) -> int:
    return int(task.details.get(_MISSED, "0"))


def is_fault(task: Task) -> bool:
    return ReturnReason(task.details["reason"]) in FAULTS


def _with_lines(task: Task, text: str, offered: Sequence[Choice]) -> Task:
    if "lines" in task.details and "among" not in task.details:
        return task
    if len(offered) == 1:
        found = Meant((offered[0].id,))
    elif task.step == "items":
        found = choices.meant(text, among(task, offered)) or choices.meant(text, offered)
    elif task.step == "":
        found = choices.mentioned(text, offered)
        if not found and words.means_all(text):
            found = Meant(tuple(each.id for each in offered))
    else:
        return task
    if not found:
        return task
    kept = {name: value for name, value in task.details.items() if name != "among"}
    ids = [*filter(None, kept.get("lines", "").split("\n")), *found.ids]
    if ids:
        kept["lines"] = "\n".join(dict.fromkeys(ids))
    if found.among:
        kept["among"] = "\n".join(found.among)
    return replace(task, details=kept)


def _with_counts(
    task: Task, text: str, lines: Sequence[PlacedLine], offered: Sequence[Choice]
) -> Task:
    if task.step == "quantity":
        line = uncounted(task, lines)
        if line is None:
            return task
        count = words.how_many(text, returnable(line))
        return _with_count(task, line, count)
    if task.step not in ("", "items"):
        return task
    of_line = {each.id: each for each in offered}
    several = [line for line in chosen(task, lines) if count_of(task, line) is None]
    for line in several:
        if words.means_all(text):
            task = _with_count(task, line, returnable(line))
        elif len(several) == 1:
            count = words.how_many(text, returnable(line))
            # "The Tempo 2": a number of its name is no number of pieces.
            if count is not None and str(count) not in of_line[line.id].words:
                task = _with_count(task, line, count)
    return task


def _with_count(task: Task, line: PlacedLine, count: int | None) -> Task:
    if count is None or not 0 < count <= returnable(line):
        return task
    return task.with_detail(f"count {line.id}", str(count))


def _with_reason(task: Task, text: str, knows: Callable[[str], bool]) -> Task:
    if "reason" in task.details:
        return task
    reason = words.return_reason(text)
    if task.step == "reason":
        says_something = words.has_words(text) or _is_a_word(text, knows)
        if reason is None and says_something and not english_pictures.declines(text):
            reason = ReturnReason.OTHER
    elif reason is ReturnReason.OTHER:
        return task
    if reason is None:
        return task
    return task.with_detail("reason", reason.value).with_detail("note", text)


def _is_a_word(text: str, knows: Callable[[str], bool]) -> bool:
    said = text.strip(" .!")
    return len(said) > 2 and said.isalpha() and knows(said.lower())


def _with_remedy(task: Task, text: str) -> Task:
    """A fault may be made good by the same thing again; what was only wished for may not."""
    is_faulty = "reason" in task.details and is_fault(task)
    if task.step in ("", "reason", "remedy") and is_faulty and "remedy" not in task.details:
        remedy = words.remedy(text)
        if remedy is None and task.step == "remedy" and words.gives_it_back(text):
            remedy = "money"
        if remedy is not None:
            return task.with_detail("remedy", remedy)
    elif words.wants_an_exchange(text) and task.step in ("", "items", "reason"):
        return task.with_detail("exchange", "yes")
    return task


def _with_another_remedy(task: Task, text: str) -> Task:
    """Who has chosen may still choose the other: "wait, make it a new one instead"."""
    chosen = task.details.get("remedy")
    if chosen is None or task.step not in ("picture", "confirm") or begins_with_yes(text):
        return task
    remedy = words.remedy(text)
    if remedy in (None, chosen):
        return task
    # No answer to what was asked, which is asked again of what it is now.
    return replace(task, step="remedy").with_detail("remedy", remedy)


def _with_version(task: Task, text: str) -> Task:
    if words.asks_what_there_is(text):
        return task.with_detail(_LIST, "yes")
    fitting = exchanges.fitting(task, text)
    if len(fitting) == 1:
        [(name, id)] = fitting
        return task.with_detail("version", id).with_detail("version name", name)
    return exchanges.offer(task, fitting) if fitting else task
