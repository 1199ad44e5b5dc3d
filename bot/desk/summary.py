"""What a person should know at a glance, by rules and without a guess."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from bot.desk import english
from bot.desk.ticket import Fact, Line, Speaker
from bot.shopping.state import ShoppingState
from bot.support.english_identity import is_bare_code
from catalog.orders import order_numbers
from catalog.products import find_variants

_MOST_TRIED = 5
_PREFIX = "action_"
_SILENT = re.compile(r"action_(?:listen|session_start|extract_slots|restart|default_.*)$|.*_form$")


def summary_of(
    session: Session,
    shopping: ShoppingState,
    events: Iterable[Mapping[str, Any]],
    transcript: Sequence[Line],
    order_numbers: Sequence[str] = (),
) -> tuple[Fact, ...]:
    """What was wanted and tried, the orders named, the cart, and the customer's last words.

    Args:
        events: Of Rasa's tracker.
        order_numbers: Those that the conversation is about, as the caller knows them.
    """
    facts = [
        Fact(english.WANTED, _wanted(shopping)),
        Fact(english.TRIED, ", ".join(_tried(events))),
        Fact(english.ORDERS, ", ".join(order_numbers)),
        Fact(english.CART, ", ".join(_cart(session, shopping))),
        Fact(english.LAST_WORDS, _last_words(transcript)),
    ]
    return tuple(fact for fact in facts if fact.value)


def orders_named(transcript: Sequence[Line]) -> list[str]:
    """By the customer: what the assistant says may be an example, and a bare code is no order."""
    said = (line.text for line in transcript if line.speaker is Speaker.CUSTOMER)
    numbers = [number for text in said if not is_bare_code(text) for number in order_numbers(text)]
    return list(dict.fromkeys(numbers))


def _wanted(shopping: ShoppingState) -> str:
    filters = shopping.filters.to_json()
    named = [f"{name} {_listed(value)}" for name, value in filters.items() if value]
    return ", ".join([*([shopping.text] if shopping.text else []), *named])


def _listed(value: object) -> str:
    return "/".join(map(str, value)) if isinstance(value, list) else str(value)


def _tried(events: Iterable[Mapping[str, Any]]) -> list[str]:
    """The last acts, each once, in the order of their last time."""
    acts: dict[str, None] = {}
    for event in events:
        name = str(event.get("name") or "")
        if event.get("event") != "action" or not name.startswith(_PREFIX) or _SILENT.match(name):
            continue
        acts.pop(name, None)
        acts[name] = None
    return [name.removeprefix(_PREFIX).replace("_", " ") for name in acts][-_MOST_TRIED:]


def _cart(session: Session, shopping: ShoppingState) -> list[str]:
    titles = {each.id: each.product.title for each in find_variants(session, shopping.cart.ids)}
    return [f"{line.quantity} × {titles.get(line.id, line.id)}" for line in shopping.cart.lines]


def _last_words(transcript: Sequence[Line]) -> str:
    said = [line.text for line in transcript if line.speaker is Speaker.CUSTOMER]
    return said[-1] if said else ""
