"""What an act sees of the conversation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

from rasa_sdk import Tracker

from bot.shopping.question import Question
from bot.shopping.state import SLOT, ShoppingState

_HEARD = 4


@dataclass(frozen=True, slots=True)
class Turn:
    text: str
    """The customer's words."""
    shopping: ShoppingState
    """As it was before this turn, without the question that was open."""
    intent: str = ""
    entities: Mapping[str, str] = field(default_factory=dict)
    """The first value of each kind."""
    slots: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    """Of the turn in its conversation, one more in the next: varies what is said."""
    heard: tuple[str, ...] = ()
    """What the assistant said last, oldest first."""
    question: Question | None = None
    """What the assistant asked in the turn before."""
    chosen: str | None = None
    """The variant id that answers the question which one was meant."""
    clauses: tuple[Mapping[str, Any], ...] = ()
    """The requests in the message, as Rasa's parse has them, where there are several."""
    is_in_form: bool = False
    """Whether a form is asking for something."""
    conversation: str = ""
    """The conversation's id."""

    @classmethod
    def of(cls, tracker: Tracker) -> "Turn":
        message = tracker.latest_message
        users = sum(event.get("event") == "user" for event in tracker.events)
        said = [event.get("text") for event in tracker.events if event.get("event") == "bot"]
        shopping = ShoppingState.from_slot(tracker.get_slot(SLOT))
        return cls(
            text=(message.get("text") or "").strip(),
            shopping=replace(shopping, question=None),
            intent=(message.get("intent") or {}).get("name") or "",
            entities=_first_of_each(message.get("entities") or ()),
            slots=tracker.slots,
            seed=crc32(str(tracker.sender_id).encode()) + users,
            heard=tuple(text for text in said[-_HEARD:] if text),
            question=shopping.question,
            clauses=tuple(message.get("clauses") or ()),
            is_in_form=bool((tracker.active_loop or {}).get("name")),
            conversation=str(tracker.sender_id),
        )

    def of_clause(self, clause: Mapping[str, Any], shopping: ShoppingState) -> "Turn":
        """One request of the message by itself, after those before it have been answered."""
        return replace(
            self,
            text=str(clause.get("text", "")),
            intent=str((clause.get("intent") or {}).get("name") or ""),
            entities=_first_of_each(clause.get("entities") or ()),
            shopping=shopping,
            clauses=(),
        )


def _first_of_each(entities: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    first: dict[str, str] = {}
    for entity in entities:
        first.setdefault(entity["entity"], str(entity["value"]))
    return first
