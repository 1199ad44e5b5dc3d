"""What an action sees of the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from rasa_sdk import Tracker

from bot.shopping.state import SLOT, ShoppingState

_HEARD = 4


@dataclass(frozen=True, slots=True)
class Turn:
    text: str
    """The customer's words."""
    shopping: ShoppingState
    """As it was before this turn."""
    intent: str = ""
    entities: Mapping[str, str] = field(default_factory=dict)
    """The first value of each kind."""
    slots: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    """Of the turn in its conversation, one more in the next: varies what is said."""
    heard: tuple[str, ...] = ()
    """What the assistant said last, oldest first."""

    @classmethod
    def of(cls, tracker: Tracker) -> "Turn":
        message = tracker.latest_message
        entities: dict[str, str] = {}
        for entity in message.get("entities") or ():
            entities.setdefault(entity["entity"], str(entity["value"]))
        users = sum(event.get("event") == "user" for event in tracker.events)
        said = [event.get("text") for event in tracker.events if event.get("event") == "bot"]
        return cls(
            text=(message.get("text") or "").strip(),
            shopping=ShoppingState.from_slot(tracker.get_slot(SLOT)),
            intent=(message.get("intent") or {}).get("name") or "",
            entities=entities,
            slots=tracker.slots,
            seed=crc32(str(tracker.sender_id).encode()) + users,
            heard=tuple(text for text in said[-_HEARD:] if text),
        )
