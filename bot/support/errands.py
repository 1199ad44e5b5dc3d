"""Several things that one message asks of orders, each with the verb of its own clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.shopping.english import notices
from bot.support import english_requests as english
from bot.support.task import Task
from catalog.orders import order_numbers

_NOTHING = "nothing"
"""What is wanted of an order with which something shall not be done."""


@dataclass(slots=True)
class _Errand:
    number: str
    act: str | None
    said: str


def errands(text: str, act: str) -> list[Task]:
    """One task for each order that the message names; empty where it names no two.

    Args:
        act: what is wanted of an order beside which no verb stands, nor before, nor after.
    """
    if len(order_numbers(text)) < 2:
        return []
    email = (notices.email(text) or "").lower()
    found = _found(text)
    verbs = [each.act for each in found if each.act is not None]
    verb = verbs[0] if verbs else act
    tasks = []
    for each in found:
        verb = each.act or verb
        if verb != _NOTHING:
            tasks.append(Task(verb, number=each.number, email=email, said=each.said))
    return _each_once(tasks)


def _found(text: str) -> list[_Errand]:
    found: list[_Errand] = []
    before = None
    for piece in english.pieces(text):
        numbers, verb = order_numbers(piece), english.act_named(piece)
        if verb is None and english.is_negated(piece):
            verb = _NOTHING
        if numbers:
            said = piece if len(numbers) == 1 else ""
            found += [_Errand(number, verb or before, said or number) for number in numbers]
            before = None
        elif not found:
            before = before or verb
        elif verb is not None and all(each.act is None for each in found):
            for each in found:
                each.act = verb  # "A1003 and A1004, cancel both"
        else:
            found[-1].said += f", {piece}"
    return found


def _each_once(tasks: Sequence[Task]) -> list[Task]:
    return list({(each.act, each.number): each for each in reversed(tasks)}.values())[::-1]
