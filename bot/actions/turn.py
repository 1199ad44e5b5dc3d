"""What an act sees of the conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

from rasa_sdk import Tracker

from bot.shopping.question import Question
from bot.shopping.state import SLOT, ShoppingState
from bot.support.task import SLOT as TASK
from bot.support.task import Task

_HEARD = 4


@dataclass(frozen=True, slots=True)
class Turn:
    text: str
    """The customer's words."""
    shopping: ShoppingState
    """As it was before this turn, without the question that was open."""
    intent: str = ""
    confidence: float = 1.0
    """In the intent."""
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
    conversation: str = ""
    """The conversation's id."""
    device: str = ""
    """The id of the device that wrote it, as the channel signed it; empty where it has none."""
    task: Task | None = None
    """What the customer wants done with an order, if they were asked something about it."""
    goes_on: bool = False
    """Whether this turn answers that."""
    events: tuple[Mapping[str, Any], ...] = ()
    """Rasa's, of the conversation so far."""
    takes_files: bool = False
    """Whether files can be sent from where it was written."""
    attachment: str = ""
    """The id of the file that the message brings; empty where it brings none."""
    message_id: str = ""
    """The channel's, the same for a message that is delivered again."""

    @classmethod
    def of(cls, tracker: Tracker) -> "Turn":
        message = tracker.latest_message
        metadata = message.get("metadata") or {}
        users = sum(event.get("event") == "user" for event in tracker.events)
        said = [event.get("text") for event in tracker.events if event.get("event") == "bot"]
        shopping = ShoppingState.from_slot(tracker.get_slot(SLOT))
        return cls(
            text=(message.get("text") or "").strip(),
            shopping=replace(shopping, question=None),
            intent=(message.get("intent") or {}).get("name") or "",
            confidence=float((message.get("intent") or {}).get("confidence") or 1.0),
            slots=tracker.slots,
            seed=crc32(str(tracker.sender_id).encode()) + users,
            heard=tuple(text for text in said[-_HEARD:] if text),
            question=shopping.question,
            clauses=tuple(message.get("clauses") or ()),
            conversation=str(tracker.sender_id),
            device=str(metadata.get("device") or ""),
            takes_files=bool(metadata.get("takes_files")),
            attachment=str((metadata.get("attachment") or {}).get("id") or ""),
            task=Task.from_slot(tracker.get_slot(TASK)),
            events=tuple(tracker.events),
            message_id=_message_id(tracker.events),
        )

    def of_clause(self, clause: Mapping[str, Any], shopping: ShoppingState) -> "Turn":
        """One request of the message by itself, after those before it have been answered."""
        return replace(
            self,
            text=str(clause.get("text", "")),
            intent=str((clause.get("intent") or {}).get("name") or ""),
            shopping=shopping,
            clauses=(),
        )


def _message_id(events: Sequence[Mapping[str, Any]]) -> str:
    said = (event for event in reversed(events) if event.get("event") == "user")
    latest = next(said, None)
    return "" if latest is None else str(latest.get("message_id") or "")
