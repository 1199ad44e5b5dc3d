"""The port to a messaging platform. An engine says what to send; it never sends itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from bot.channels.messaging.call import Answer, Call, Failure, failure_by_status
from bot.channels.messaging.reply import Reply
from bot.channels.messaging.text import Measure, length, plain, split
from bot.channels.messaging.webhook import Acknowledgement, Received, Webhook

DAY = 24 * 60 * 60.0

Body = Mapping[str, Any]
"""A message in the platform's own JSON."""


@dataclass(frozen=True)
class Limits:
    """What the platform takes."""

    text: int
    """The longest text, as `measure` counts."""
    choices: int = 0
    """How many things one message lets a customer tap; 0 leaves numbers to type."""
    cards: int = 0
    """How many products one carousel shows."""
    measure: Measure = length


@dataclass(frozen=True)
class Rendered:
    """One message, and its words where the platform refuses it."""

    body: Body
    plain: str = ""
    """Empty for a decoration, which is left out then."""


class Channel(ABC):
    """Somewhere that customers write: how replies look there, and when they may be sent."""

    name: ClassVar[str]
    limits: ClassVar[Limits]
    window_seconds: ClassVar[float | None] = None
    """How long after a customer's last word they may be written to; None is for ever."""

    @property
    @abstractmethod
    def account(self) -> str:
        """Ours: a user of two accounts has two conversations."""

    @abstractmethod
    def text(self, words: str) -> Body:
        """A message of words alone."""

    @abstractmethod
    def render(self, reply: Reply) -> list[Rendered]:
        """The messages that show a reply."""

    def window(self, address: Mapping[str, Any]) -> float | None:
        """`window_seconds`, for one customer."""
        return self.window_seconds

    def texts(self, words: str) -> list[Rendered]:
        """Words in as many messages as they take."""
        pieces = split(words, self.limits.text, self.limits.measure)
        return [Rendered(self.text(each), each) for each in pieces]

    def in_words(self, reply: Reply) -> list[Rendered]:
        """A reply in words and numbers."""
        return self.texts(plain(reply))


class Outlet(Protocol):
    """The way out to a channel."""

    async def send(self, rendered: Sequence[Rendered], address: Mapping[str, Any]) -> None:
        """
        Raises:
            SendError: not all of it went out.
        """


class SendError(Exception):
    """A message did not go out; says why."""


class Platform(Channel):
    """One account of the shop's on one platform. Made from the environment (registry.py)."""

    batch: ClassVar[int] = 1
    """How many messages go into one request."""

    def handshake(self, webhook: Webhook) -> Acknowledgement | None:
        """The answer to a platform that only wants to know whether we are there; else None.

        Raises:
            ForgedError: it can't prove that it is the platform.
        """
        return None

    @abstractmethod
    def verify(self, webhook: Webhook, now: float) -> None:
        """
        Raises:
            ForgedError: the request is not the platform's, or was sent before.
        """

    def keys_call(self) -> Call | None:
        """The request for the public keys that `verify` finds in `Webhook.keys`, where it needs
        some."""
        return None

    @abstractmethod
    def read(self, webhook: Webhook) -> Received:
        """The messages in a request that was verified; of anything else, none.

        Raises:
            MalformedError: it is nothing that the platform documents.
        """

    @abstractmethod
    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        """The request that sends these messages, at most `batch`.

        Args:
            address: what came with the customer's last message.
            is_first: whether it is the first answer to that message.
        """

    def failure(self, answer: Answer, now: float) -> Failure | None:
        """What is wrong with an answer; None for a success."""
        return failure_by_status(answer, now)

    @abstractmethod
    def who_am_i(self) -> Call:
        """The request that says whose keys these are."""

    @abstractmethod
    def account_in(self, answer: Answer) -> str:
        """The account's name in its answer."""


class TokenPlatform(Platform):
    """One whose access tokens end: each is asked for, kept, and put into requests."""

    @abstractmethod
    def token_call(self) -> Call:
        """The request for a token."""

    @abstractmethod
    def token_in(self, answer: Answer) -> tuple[str, float]:
        """The token in its answer, and the seconds that it lives."""

    @abstractmethod
    def with_token(self, call: Call, token: str) -> Call:
        """The request with that token in it."""
