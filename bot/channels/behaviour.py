"""What a customer sees and looks at, for learning: checked against what was shown, and handed on.

Runs in Rasa's environment: Python 3.10.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import aiohttp

from bot.channels.message import Message

logger = logging.getLogger(__name__)

_SECONDS = 5
_REMEMBERED_REPLIES = 100

Kind = Literal["impression", "click"]


@dataclass
class _Shown:
    query: str
    products: list[str]
    counted: set[tuple[Kind, str]] = field(default_factory=set)


class Showings:
    """The results of searches that a conversation was shown, by the reply's id."""

    def __init__(self) -> None:
        self._by_reply: OrderedDict[str, _Shown] = OrderedDict()

    def note(self, reply: Message, query: object) -> None:
        """Remembers a reply's products, where they were found by a search."""
        if reply["id"] in self._by_reply:
            return
        if not reply["products"] or not isinstance(query, str) or not query:
            return
        self._by_reply[reply["id"]] = _Shown(query, [each["id"] for each in reply["products"]])
        while len(self._by_reply) > _REMEMBERED_REPLIES:
            self._by_reply.popitem(last=False)

    def events(self, kind: Kind, told: object) -> list[dict[str, Any]]:
        """The events in what a client told: of products that it was shown, each once."""
        if not isinstance(told, Mapping):
            return []
        shown = self._by_reply.get(str(told.get("reply")))
        products = told.get("products")
        if shown is None or not isinstance(products, list):
            return []
        events = []
        for position, product in enumerate(shown.products, 1):
            if product in products and (kind, product) not in shown.counted:
                shown.counted.add((kind, product))
                event = {"event": kind, "product": product, "query": shown.query}
                events.append({**event, "position": position})
        return events


class BehaviourService:
    """The service keeps them."""

    def __init__(self, service_url: str, key: str) -> None:
        """Without a URL nothing is kept."""
        self._url = service_url
        self._headers = {"Authorization": f"Bearer {key}"}

    async def record(self, conversation_id: str, events: list[dict[str, Any]]) -> None:
        """Hands them over. What can't be kept is lost: no customer waits for it."""
        if not events or not self._url:
            return
        body = {"conversation": conversation_id, "events": events}
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout, headers=self._headers) as session,
                session.post(f"{self._url}/behaviour", json=body) as answer,
            ):
                answer.raise_for_status()
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            logger.warning("What a customer saw could not be kept: %s", type(error).__name__)
