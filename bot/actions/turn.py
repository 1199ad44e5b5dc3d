"""What an action sees of the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker

from bot.shopping.state import SLOT, ShoppingState


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

    @classmethod
    def of(cls, tracker: Tracker) -> "Turn":
        message = tracker.latest_message
        entities: dict[str, str] = {}
        for entity in message.get("entities") or ():
            entities.setdefault(entity["entity"], str(entity["value"]))
        return cls(
            text=(message.get("text") or "").strip(),
            shopping=ShoppingState.from_slot(tracker.get_slot(SLOT)),
            intent=(message.get("intent") or {}).get("name") or "",
            entities=entities,
            slots=tracker.slots,
        )
