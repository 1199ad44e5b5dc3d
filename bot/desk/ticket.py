"""What a person gets to know of a conversation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why a person takes over."""

    ASKED = "asked"
    FAILED_TWICE = "failed_twice"
    UPSET = "upset"


class Speaker(StrEnum):
    CUSTOMER = "customer"
    ASSISTANT = "assistant"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said."""

    speaker: Speaker
    text: str
    at: datetime

    def to_json(self) -> dict[str, str]:
        return {"speaker": self.speaker, "text": self.text, "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Line":
        at = datetime.fromisoformat(data["at"])
        return cls(Speaker(data["speaker"]), str(data["text"]), at)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a summary: what the customer wants, and such."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Proof:
    """An e-mail address that the customer has proved to be theirs, and how."""

    email: str
    method: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A conversation as the desk gets it."""

    id: str
    conversation_id: str
    channel: str
    reason: Reason
    summary: tuple[Fact, ...]
    transcript: tuple[Line, ...]
    proof: Proof | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """What is said after the ticket was opened."""

    key: str
    """The same however often it is sent."""
    text: str
    is_note: bool = False
    """For the desk alone: nobody said it."""


def transcript_of(events: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """What was said, from the events of Rasa's tracker, oldest first.

    What customers did not type is left out, and so are cards and tables, which have no text.
    """
    lines = []
    for event in events:
        text = str(event.get("text") or "").strip()
        if not text or (event.get("metadata") or {}).get("is_external"):
            continue
        at = datetime.fromtimestamp(float(event.get("timestamp") or 0), UTC)
        if event.get("event") == "user" and not text.startswith("/"):
            lines.append(Line(Speaker.CUSTOMER, text, at))
        elif event.get("event") == "bot":
            by_person = bool((event.get("metadata") or {}).get("delivered"))
            lines.append(Line(Speaker.PERSON if by_person else Speaker.ASSISTANT, text, at))
    return tuple(lines)
