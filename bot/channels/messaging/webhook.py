"""What a platform posts to us, and what comes of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl


class ForgedError(Exception):
    """The request is not the platform's, or not of now; the message says what is wrong."""


class MalformedError(Exception):
    """The request is the platform's and can't be read."""


@dataclass(frozen=True)
class Webhook:
    """An HTTP request as it arrived."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str] = field(repr=False)
    """Their names in lower case."""
    body: bytes = field(repr=False)
    query_string: str = ""
    """As it was sent: some sign it."""
    keys: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The platform's public keys by their ids, where it has some."""

    @property
    def json(self) -> dict[str, Any]:
        """
        Raises:
            MalformedError: the body is no JSON object.
        """
        try:
            found = json.loads(self.body)
        except ValueError as error:
            raise MalformedError("The body is no JSON.") from error
        if not isinstance(found, dict):
            raise MalformedError("The body is no JSON object.")
        return found

    @property
    def fields(self) -> dict[str, str]:
        """The body's form."""
        return dict(parse_qsl(self.body.decode(errors="replace"), keep_blank_values=True))


@dataclass(frozen=True)
class Acknowledgement:
    """What the platform gets back at once."""

    status: int = 200
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Incoming:
    """One message of a customer's."""

    id: str
    """The platform's own: the same when it is delivered again."""
    user: str
    """Whom the platform says it is from; with more where they have several conversations."""
    text: str
    """Empty where it has no words, as a sticker."""
    address: Mapping[str, Any] = field(default_factory=dict)
    """Where an answer goes; JSON, in the platform's own terms."""
    choice: str = ""
    """The id of the choice that was tapped."""
    sent_at: float = 0.0
    """Seconds since the epoch, as the platform says; 0 where it does not."""
    is_farewell: bool = False
    """They left the account: they get nothing more, and no word about that either."""
    person: str = ""
    """Who it is in all conversations; empty where `user` says that already."""


@dataclass(frozen=True)
class Received:
    """What was in a request."""

    messages: tuple[Incoming, ...] = ()
    acknowledgement: Acknowledgement = Acknowledgement()
