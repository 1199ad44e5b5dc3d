"""A person's words put into a conversation: a private route.

Runs in Rasa's environment: Python 3.10. It holds Rasa's own lock on the conversation, because a
turn that runs meanwhile would save its tracker over ours.
"""

from __future__ import annotations

import hmac
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.history import DELIVERED
from bot.channels.message import Message, assistant_message

LONGEST_TEXT = 4000
_LONGEST_AUTHOR = 255
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class NotShownError(Exception):
    """The customer can't be reached now; the message says why, and later may do."""


class NobodyError(Exception):
    """There is nobody to show it to, now or later."""


class Deliverer:
    """`POST …/deliver` of a channel, for the service alone."""

    def __init__(self, show: Callable[[str, Message], Awaitable[None]], key: str) -> None:
        """
        Args:
            show: shows a message to whoever is in the conversation. It may be called again for a
                message that was not saved; raises `NotShownError` or `NobodyError`.
            key: of the service; with an empty one the route is closed.
        """
        self._show = show
        self._key = key

    async def handle(self, request: Request) -> HTTPResponse:
        """204 when the message is in the conversation, now or before; 404 where there is none,
        503 where the customer can't be reached now."""
        expected = f"Bearer {self._key}".encode()
        given = request.headers.get("authorization", "").encode()
        if not self._key or not hmac.compare_digest(given, expected):
            return json({"error": "This address is for the shop's own service."}, status=401)
        try:
            said = request.json
        except Exception:  # Sanic's own, and whatever its JSON parser raises
            said = None
        if not _is_message(said):
            return json({"error": "Send conversation, id, author and text."}, status=422)
        agent: Agent = request.app.ctx.agent
        conversation = said["conversation"]
        async with agent.lock_store.lock(conversation):
            tracker = await agent.tracker_store.retrieve(conversation)
            if tracker is None:
                return json({"error": "There is no such conversation."}, status=404)
            if not _is_known(tracker, said["id"]):
                try:
                    await self._put(agent, tracker, said)
                except NotShownError as error:
                    return json({"error": str(error)}, status=503)
                except NobodyError as error:
                    return json({"error": str(error)}, status=404)
        return HTTPResponse(status=204)

    async def _put(self, agent: Agent, tracker: DialogueStateTracker, said: dict[str, Any]) -> None:
        person = {"id": said["id"], "author": said["author"]}
        now = time.time()
        message = assistant_message(said["id"], {"text": said["text"]}, now, said["author"])
        if message is not None:
            # Before it is saved: what could not be shown is tried again, what is known is not.
            await self._show(tracker.sender_id, message)
        tracker.update(BotUttered(said["text"], metadata={DELIVERED: person}, timestamp=now))
        await agent.tracker_store.save(tracker)


def _is_message(said: Any) -> bool:
    return (
        isinstance(said, dict)
        and all(isinstance(said.get(n), str) for n in ("conversation", "id", "author", "text"))
        and bool(_ID.fullmatch(said["id"]))
        and 0 < len(said["text"].strip()) <= LONGEST_TEXT
        and len(said["author"]) <= _LONGEST_AUTHOR
    )


def _is_known(tracker: DialogueStateTracker, message_id: str) -> bool:
    return any(
        isinstance(event, BotUttered)
        and ((event.metadata or {}).get(DELIVERED) or {}).get("id") == message_id
        for event in tracker.events
    )
