"""Socket.IO's rooms over several Rasa processes: what one emits reaches the sockets of all."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from socketio import AsyncRedisManager

from bot.channels.shared_redis import AWAY, SECONDS, end

logger = logging.getLogger(__name__)

_QUIET_SECONDS = 10.0
"""After so long without an event Redis is asked whether it is still there."""
_RETRY_SECONDS = 0.5
_WAITING_EVENTS = 20_000
"""So many wait for a Redis that is away; whoever misses one reads the history."""


class Rooms(AsyncRedisManager):
    """As python-socketio's own, which gives an event up when Redis does not take it at once, and
    after an outage stays deaf for up to a minute, without saying so."""

    def __init__(self, url: str, prefix: str) -> None:
        options = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
        super().__init__(url, channel=f"{prefix}events", redis_options=options)
        self.on_gap: Callable[[], Awaitable[None]] | None = None
        """Called when this process hears the others again, after it may have missed something."""
        self.on_deleted: Callable[[str], None] | None = None
        """Called with a conversation that another process has erased."""
        self._waiting: deque[str] = deque(maxlen=_WAITING_EVENTS)
        self._came = asyncio.Event()
        self._sending: asyncio.Task[None] | None = None
        self.thread: asyncio.Task[None] | None = None
        """The one that listens: begun by the server at its first connection."""

    async def close(self) -> None:
        await end(task for task in (self._sending, self.thread) if task is not None)

    async def _publish(self, data: dict[str, Any]) -> None:
        if self._sending is None:
            self._sending = asyncio.create_task(self._send())
        self._waiting.append(self.json.dumps(data))
        self._came.set()

    async def _handle_emit(self, message: dict[str, Any]) -> None:
        is_others = message["host_id"] != self.host_id
        if is_others and message["event"] == "deleted" and self.on_deleted is not None:
            self.on_deleted(message["room"])
        await super()._handle_emit(message)

    async def _send(self) -> None:
        """In their order, each until Redis has taken it: no turn waits for that."""
        client = self._get_redis_module().Redis.from_url(self.redis_url, **self.redis_options)
        while True:
            await self._came.wait()
            self._came.clear()
            while self._waiting:
                try:
                    await client.publish(self.channel, self._waiting[0])
                except AWAY:
                    await asyncio.sleep(_RETRY_SECONDS)
                else:
                    self._waiting.popleft()

    async def _listen(self) -> AsyncIterator[bytes]:
        has_heard = False
        while True:
            client = self._get_redis_module().Redis.from_url(self.redis_url, **self.redis_options)
            try:
                pubsub = client.pubsub()
                await pubsub.subscribe(self.channel)
                if has_heard and self.on_gap is not None:
                    logger.warning("Redis is back; every tab is told what it may have missed.")
                    self.server.start_background_task(self.on_gap)
                has_heard = True
                async for data in _messages(pubsub):
                    yield data
            except AWAY as error:
                logger.warning("Redis can't be heard: %s", type(error).__name__)
                await asyncio.sleep(_RETRY_SECONDS)
            finally:
                await client.close()


async def _messages(pubsub: Any) -> AsyncIterator[bytes]:
    """
    Raises:
        TimeoutError: Redis does not answer.
    """
    is_asked = False
    while True:
        message = await pubsub.get_message(timeout=_QUIET_SECONDS)
        if message is None:
            if is_asked:
                raise asyncio.TimeoutError
            await pubsub.ping()
        is_asked = message is None
        if message is not None and message["type"] == "message":
            yield message["data"]
