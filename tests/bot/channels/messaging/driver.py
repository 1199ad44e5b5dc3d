"""A platform as its documentation has it: the requests that it makes, and what its app shows."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from aiohttp import ClientSession

from bot.channels.messaging.input import MessagingInput
from tests.bot.channels.messaging.fake_platform import Asked, FakePlatform, Told

NOW = 1_800_000_000.0
"""The time of every test."""


@dataclass(frozen=True)
class Posted:
    """A request of the platform's."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"

    def with_header(self, name: str, value: str) -> "Posted":
        return replace(self, headers={**self.headers, name: value})


@dataclass(frozen=True)
class Tap:
    """What the customer can tap."""

    id: str
    title: str


class Driver(ABC):
    """One for each platform; the contract suite knows no more of it than this."""

    has_taps: ClassVar[bool] = True
    has_pictures: ClassVar[bool] = True
    has_times: ClassVar[bool] = True
    """Whether a message says when it was sent."""
    signature: ClassVar[str] = ""
    """The header that proves a request."""
    busy: ClassVar[Told] = Told(429, {}, {"Retry-After": "7"})
    """How the platform says: again in seven seconds."""

    def __init__(self, fake: FakePlatform) -> None:
        self.fake = fake
        fake.usual = self.usual
        self.platform = self.make(fake.url)

    @abstractmethod
    def make(self, url: str) -> Any:
        """The platform, with this address in place of its own."""

    def channel(self, data_dir: Path, **options: Any) -> MessagingInput:
        """The input channel with this platform alone."""
        return MessagingInput([self.platform], data_dir, **options)

    async def post(self, url: str, posted: Posted) -> tuple[int, str]:
        """Makes the platform's request at our address; status and body of the answer."""
        async with (
            ClientSession() as session,
            session.request(
                posted.method,
                f"{url}/webhooks/messaging/{self.platform.name}",
                data=posted.body,
                headers=posted.headers,
                params=posted.query,
            ) as answer,
        ):
            return answer.status, await answer.text()

    @abstractmethod
    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        """The request for a text that a user wrote."""

    def tap(self, choice: str, title: str = "", id: str = "2", user: str = "4917") -> Posted:
        """The request for a tap; asked for where the platform `has_taps`."""
        raise NotImplementedError

    @abstractmethod
    def sticker(self, id: str = "3") -> Posted:
        """The request for something without words."""

    @abstractmethod
    def others(self) -> list[Posted]:
        """Signed requests that are no message of a customer's to us."""

    def with_signature(self, posted: Posted, signature: str | None) -> Posted:
        """The request with this in place of its signature, or without any."""
        headers = {key: value for key, value in posted.headers.items() if key != self.signature}
        return replace(posted, headers=headers | ({self.signature: signature} if signature else {}))

    def usual(self, asked: Asked) -> Any:
        """What the platform answers when all is well."""
        return {} if self.is_message(asked) else self.identity()

    @abstractmethod
    def texts(self, asked: Asked) -> list[str]:
        """What the customer can read of a request of ours."""

    @abstractmethod
    def taps(self, asked: Asked) -> list[Tap]:
        """What the customer can tap of it."""

    def pictures(self, asked: Asked) -> list[str]:
        """The pictures in it."""
        return []

    @abstractmethod
    def recipient(self, asked: Asked) -> str:
        """Whom it goes to; empty where the request answers a message."""

    def is_rich(self, asked: Asked) -> bool:
        """Whether it holds more than words."""
        return bool(self.taps(asked) or self.pictures(asked))

    def is_message(self, asked: Asked) -> bool:
        """Whether it says something to the customer."""
        return asked.method == "POST"

    @abstractmethod
    def check(self, asked: Asked) -> None:
        """Asserts what the documentation says of every request: keys, lengths, counts."""

    def identity(self) -> Any:
        """The platform's answer to who we are, in which our name is `Fell`."""
        return {"name": "Fell"}
