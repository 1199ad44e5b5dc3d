"""The port to the people who help customers: one desk, several engines."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.desk.ticket import Message, Ticket


class DeskError(Exception):
    """The desk did not take something; the message says why, without personal data."""


class DeskUnavailableError(DeskError):
    """It does not answer, or asks to come later."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        """Seconds that it asked for."""


class DeskRefusedError(DeskError):
    """It says no: a key, an address or a setting is wrong."""


class DeskNonsenseError(DeskError):
    """It answers something that its documentation does not know."""


class ForgedEventError(Exception):
    """Not from the desk, or too old to be believed."""


class MalformedEventError(Exception):
    """From the desk, and not as documented; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class PersonReply:
    """A person writes to the customer."""

    event_id: str
    ticket_id: str
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The desk is done, and the assistant may talk again."""

    event_id: str
    ticket_id: str


DeskEvent = PersonReply | HandedBack


class Desk(ABC):
    """Where people read and answer. Calls block, and may be repeated with the same key."""

    name: ClassVar[str]

    @abstractmethod
    def open(self, ticket: Ticket, key: str) -> str:
        """Hands a ticket over; returns the desk's own name for it.

        Raises:
            DeskError: it did not take it.
        """

    @abstractmethod
    def append(self, ticket: Ticket, external_id: str, message: Message) -> None:
        """Adds what the customer said since.

        Raises:
            DeskError: it did not take it.
        """

    @abstractmethod
    def read(
        self, headers: Mapping[str, str], query: Mapping[str, str], body: bytes
    ) -> DeskEvent | None:
        """What a request to `/v1/desk/<name>` says; None where it is nothing for a customer.

        Args:
            headers: Names in lower case.

        Raises:
            ForgedEventError: it is not the desk's.
            MalformedEventError: it is, and can't be read.
        """
