"""What was said in a conversation, as Rasa's tracker and the processes together know it.

The tracker store waits for a database that is away; here is how long it is waited for.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from rasa.core.tracker_store import TrackerStore

from bot.channels.conversation import UNKNOWN_INTENT, Conversation, Intent, Turn
from bot.channels.history import (
    read_history,
    read_turn,
    record_failed_turn,
    record_refused_turn,
)
from bot.channels.message import Message
from bot.channels.open_turns import OpenTurns

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Past:
    """Of all conversations. What it asks for raises `TimeoutError` where the database is away for
    as long as a turn may take."""

    def __init__(
        self, store: Callable[[], TrackerStore], open_turns: OpenTurns, seconds: float
    ) -> None:
        self._store = store
        self._open_turns = open_turns
        self._seconds = seconds

    async def history(self, conversation: Conversation, *, is_new: bool) -> list[Message]:
        """What is saved, and what is not yet, here or in another process. The conversation knows
        what is saved from then on."""
        # First, for a turn that ends meanwhile is then in both.
        turns = await self._open_turns.of(conversation.id)
        saved: list[Message] = []
        if not is_new:
            try:
                saved = await self._in_time(
                    read_history(self._store(), conversation.id, conversation.showings)
                )
            except Exception:
                # The conversation can go on without its past; a refused connection could not.
                logger.exception("The history of a conversation could not be read.")
        # A message that came again waits here while the other process answers it, or has.
        begun = {turn.id for turn in conversation.turns if turn.replies}
        for turn in conversation.turns:
            if turn.id in begun or turn.id not in turns:
                turns[turn.id] = turn.messages
        over = {_turn_of(message) for message in saved} - begun
        conversation.remember(
            each["id"] for each in saved if each["role"] == "customer" and each["id"] in over
        )
        unsaved = [turn for id, turn in turns.items() if id not in over]
        unsaved.sort(key=lambda turn: turn[0]["time"])
        open_ones = [message for turn in unsaved for message in turn]
        return [each for each in saved if _turn_of(each) in over] + open_ones

    async def missed(self, conversation: Conversation, history: list[Message]) -> list[Message]:
        """Replies of other processes that came after the history was read, and before it was sent:
        who got it forgot them. None come where no turn was open then and none is now."""
        known = {message["id"] for message in history}
        saved = {_turn_of(message) for message in history if message["role"] == "assistant"}
        unanswered = any(
            message["role"] == "customer" and message["id"] not in saved for message in history
        )
        if not unanswered and not await self._open_turns.of(conversation.id):
            return []
        now = await self.history(conversation, is_new=False)
        return [each for each in now if each["role"] == "assistant" and each["id"] not in known]

    async def replies(self, conversation_id: str, turn: Turn) -> list[Message] | None:
        """Those to a message that another process has answered; None where none has."""
        return await self._in_time(read_turn(self._store(), conversation_id, turn.id))

    async def intent(self, conversation_id: str, turn: Turn) -> Intent:
        """What the message of the latest turn was understood as."""
        tracker = await self._in_time(self._store().retrieve(conversation_id))
        latest = tracker.latest_message if tracker else None
        if latest is None or latest.message_id != turn.id or not latest.intent:
            return UNKNOWN_INTENT
        return {
            "name": latest.intent.get("name"),
            "confidence": float(latest.intent.get("confidence") or 0.0),
        }

    async def record_failed(self, conversation_id: str, turn: Turn) -> None:
        """Writes down a turn that Rasa did not finish."""
        await self._in_time(record_failed_turn(self._store(), conversation_id, turn))

    async def record_refused(self, conversation_id: str, turn: Turn) -> None:
        """Writes down a message that the guard refused."""
        await self._in_time(record_refused_turn(self._store(), conversation_id, turn))

    async def _in_time(self, asked: Awaitable[T]) -> T:
        return await asyncio.wait_for(asked, self._seconds)


def _turn_of(message: Message) -> str:
    """The id of the turn that a message was said in; a person's own id where they said it."""
    return message["id"].rpartition(".")[0] or message["id"]
