"""What one message asks of orders: one thing after the other, each begun when the last is done."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.orders import choosing
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.support import english, english_identity, english_requests
from bot.support.errands import errands
from bot.support.task import SLOT, Task
from catalog.orders import order_numbers

_POINTS = frozenset(
    {
        "affirm", "deny", "nlu_fallback", "order_status", "out_of_scope", "product_details",
        "provide_order_details",
    }
)  # fmt: skip
"""What "the second one" is taken for."""
_DETAILS = "provide_order_details"
_NO_LIST = frozenset({"address", "code", "comment", "reason", "version"})
"""What was asked there is answered with other numbers than orders'."""


def several(turn: Turn, parts: Sequence[tuple[Turn, str]]) -> Turn | None:
    """The turn of the first of several things wanted, the others waiting; None if there is one.

    Args:
        parts: what of the message is about orders, each with its act.
    """
    open_task = turn.task
    if open_task is not None and (
        open_task.step in _NO_LIST or english_identity.is_bare_code(turn.text)
    ):
        return None
    if open_task is not None and (agreed := _agreed(turn, open_task)) is not None:
        return agreed
    if open_task is not None and (pointed := _pointed_at(turn, open_task)):
        # The list stays in sight: "cancel the first one" may follow "the second one".
        return begun(turn, [*pointed, *([open_task] if open_task.step == "list" else [])])
    tasks: list[Task] = []
    for part, named in parts:
        # Details alone answer the question whose they are.
        act = open_task.act if open_task is not None and named == _DETAILS else named
        numbers = order_numbers(part.text)
        alone = Task(act, number=numbers[0] if numbers else "", said=part.text)
        tasks += errands(part.text, act) or ([] if act == _DETAILS else [alone])
    if len(tasks) < 2:
        return None
    email = next((each.email for each in tasks if each.email), open_task.email if open_task else "")
    return begun(turn, [replace(each, email=email) for each in tasks])


def _pointed_at(turn: Turn, task: Task) -> list[Task]:
    """What is wanted of orders of the list before: "cancel the first one", "both of them"."""
    if (
        task.step not in ("order", "list")
        or order_numbers(turn.text)
        or english_requests.means_every(turn.text)
    ):
        return []
    act = english_requests.act_named(turn.text)
    if act is None and turn.intent not in _POINTS:
        return []
    return [
        Task(act or task.act, number=number, email=task.email, said=turn.text if act else "")
        for number in choosing.places(turn.text, task)
    ]


def _agreed(turn: Turn, task: Task) -> Turn | None:
    """The turn of a yes to what was asked, where something else is asked for besides."""
    both = english.yes_and(turn.text, task.act) if task.step == "confirm" else None
    if both is None:
        return None
    yes, more = both
    numbers, act = order_numbers(more), english_requests.act_named(more)
    wanted = errands(more, act or task.act)
    if not wanted and act is not None and (numbers or act != task.act):
        wanted = [Task(act, number=numbers[0] if numbers else "", said=more)]
    if not wanted and not any(more.startswith(str(each.get("text"))) for each in turn.clauses):
        return None
    return replace(turn, text=yes, task=task.and_then(wanted), goes_on=True, clauses=())


def beside(part: Turn, of_orders: Sequence[tuple[Turn, str]]) -> Turn:
    """A request of another kind, by itself: "can I cancel and what's the fee" asks for the fee of
    cancelling. What is open is asked again by the one about an order."""
    text = part.text
    if english_requests.asks_what_it_takes(text):
        text = " ".join((*(each.text for each, _ in of_orders), text))
    return replace(part, text=text, task=None)


def begun(turn: Turn, tasks: Sequence[Task]) -> Turn:
    """The turn in which the first of these is done."""
    first, *others = tasks
    task = first.and_then(others)
    return replace(turn, text=first.said, intent=first.act, task=task, goes_on=True, clauses=())


def next_turn(turn: Turn, answer: Answer) -> Turn | None:
    """The turn of what has waited until now; None where nothing has, or something is open."""
    task = Task.from_slot((answer.slots or {}).get(SLOT))
    if task is None or not task.waits:
        return None
    return begun(replace(turn, shopping=answer.state or turn.shopping), [task])


def act_meant(text: str, act: str) -> str:
    """The act for words that name an order, where the classifier's is about something else that
    is said of it: "why was A1008 cancelled?" is no cancellation."""
    named = english_requests.act_named(text)
    if named is None:
        return act
    if act in _MEANT_OTHERWISE:
        is_certain = named == "order_status" or english_requests.is_negated(text)
        return named if is_certain else act
    numbers = order_numbers(text)
    is_marked = bool(numbers) and any(map(str.isalpha, numbers[0]))
    return named if is_marked and act in _VAGUE else act


_MEANT_OTHERWISE = frozenset({"cancel_order", "change_address", "reorder", "return_order"})
_VAGUE = frozenset(
    {"affirm", "change_order", "deny", "fallback", "out_of_scope", "remove_from_cart", _DETAILS}
)
"""What a few words with an order's number are taken for, which is no word at all."""
