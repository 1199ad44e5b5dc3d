"""What fills a shop's inbox, and whether each request ends in the right flow."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.chat_client import Conversation
from bot.evaluation.tracker import TrackerStore

_Content = TypeVar("_Content")
_PAGE = re.compile(r"/policies/([a-z-]+)")


class RequestsError(Exception):
    """A file of requests can't be used; the message says which and why."""


class Flow(BaseModel):
    """Acts and help pages, any of which is right."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    acts: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Where a request ended."""

    request: Request
    acts: tuple[str, ...]
    pages: tuple[str, ...]
    is_right: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.request.kind,
            "text": self.request.text,
            "acts": list(self.acts),
            "pages": list(self.pages),
        }


def read_flows(path: Path) -> dict[str, Flow]:
    """
    Raises:
        RequestsError: the file is no mapping of kinds to flows.
    """
    return _read(path, TypeAdapter(dict[str, Flow]))


def read_requests(path: Path, kinds: Mapping[str, Flow]) -> list[Request]:
    """
    Raises:
        RequestsError: the file is no mapping of kinds to texts, or a kind has no flow.
    """
    found = _read(path, TypeAdapter(dict[str, list[str]]))
    unknown = sorted(set(found) - set(kinds))
    if unknown:
        raise RequestsError(f"{path}: no flow is known for {', '.join(unknown)}.")
    return [Request(kind, text) for kind, texts in found.items() for text in texts]


def _read(path: Path, adapter: TypeAdapter[_Content]) -> _Content:
    try:
        return adapter.validate_python(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, UnicodeError, yaml.YAMLError, ValidationError) as error:
        raise RequestsError(f"{path} can't be read as requests: {error}") from error


async def ask(
    requests: list[Request],
    flows: Mapping[str, Flow],
    rasa_url: str,
    trackers: TrackerStore,
    done: Callable[[], None],
) -> list[Ended]:
    """Each in a conversation of its own, by somebody who is not signed in.

    Raises:
        ChatError: the assistant does not answer.
    """
    ended = []
    for request in requests:
        channel = Conversation(rasa_url)
        await channel.open()
        try:
            heard = await channel.say(request.text)
            acts = tuple(trackers.shopping(channel.token).act)
        finally:
            await channel.close()
        text = "\n".join(reply["text"] for reply in heard["replies"])
        pages = tuple(dict.fromkeys(_PAGE.findall(text)))
        flow = flows[request.kind]
        is_right = bool({*acts} & {*flow.acts} or {*pages} & {*flow.pages})
        ended.append(Ended(request, acts, pages, is_right))
        done()
    return ended
