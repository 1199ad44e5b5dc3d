"""Turns that are not over yet, as every process may have to show them.

Rasa saves a turn when it ends. Who opens the conversation in another process meanwhile sees from
here what was said; a process that is killed leaves its turns until they run out.
"""

from __future__ import annotations

import json
import logging

from bot.channels.conversation import Turn
from bot.channels.message import Message
from bot.channels.shared_redis import AWAY, connect

logger = logging.getLogger(__name__)

KEPT_SECONDS = 600


class OpenTurns:
    """In Redis; without one nobody else needs them."""

    def __init__(self, url: str = "", prefix: str = "") -> None:
        self._redis = connect(url) if url else None
        self._prefix = prefix

    async def note(self, conversation_id: str, turn: Turn) -> None:
        """Notes what has been said in a turn so far."""
        if self._redis is None:
            return
        key = self._key(conversation_id)
        said = json.dumps(turn.messages)
        try:
            async with self._redis.pipeline() as pipeline:
                if turn.replies:
                    pipeline.hset(key, turn.id, said)
                else:  # it may have come again, from a process that has replied to it
                    pipeline.hsetnx(key, turn.id, said)
                pipeline.expire(key, KEPT_SECONDS)
                await pipeline.execute()
        except AWAY as error:
            logger.warning("A turn could not be shown to others: %s", type(error).__name__)

    async def forget(self, conversation_id: str, turn_id: str) -> None:
        """It is over, and in the history."""
        if self._redis is None:
            return
        try:
            await self._redis.hdel(self._key(conversation_id), turn_id)
        except AWAY as error:
            logger.warning("A turn could not be put away: %s", type(error).__name__)

    async def of(self, conversation_id: str) -> dict[str, list[Message]]:
        """What was said in each, by the turn's id, in the order of their messages."""
        if self._redis is None:
            return {}
        try:
            found = await self._redis.hgetall(self._key(conversation_id))
        except AWAY as error:
            logger.warning("Open turns could not be read: %s", type(error).__name__)
            return {}
        turns: list[tuple[str, list[Message]]] = [(id, json.loads(of)) for id, of in found.items()]
        return dict(sorted(turns, key=lambda turn: turn[1][0]["time"]))

    async def clear(self, conversation_id: str) -> None:
        """The conversation is erased."""
        if self._redis is not None:
            await self._redis.delete(self._key(conversation_id))

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.close()

    def _key(self, conversation_id: str) -> str:
        return f"{self._prefix}turns:{conversation_id}"
