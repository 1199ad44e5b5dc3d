"""One turn at a time in each conversation: the lock store of endpoints.yml.

Rasa's own in-memory store looks again once a second, and its Redis store reads a lock and writes it
back, so that two processes may take it both. Neither lets a turn hold its conversation while Rasa,
called from within it, takes the lock again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from rasa.core.lock_store import LOCK_LIFETIME, LockStore
from rasa.utils.endpoints import EndpointConfig

from bot.channels.shared_line import SharedLine
from bot.channels.shared_redis import prefix_of


@dataclass
class _Hold:
    conversation_id: str
    is_over: bool = False
    """A task that outlives the turn that started it holds nothing."""


@dataclass
class _Place:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    wanted_by: int = 0


_holds: ContextVar[tuple[_Hold, ...]] = ContextVar("holds", default=())


class ConversationLocks(LockStore):
    """First come, first served; between processes too, where there is a Redis."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """
        Args:
            endpoint_config: `url` of Redis, empty for a process that is alone, and `data_dir`.
        """
        super().__init__()
        self._places: dict[str, _Place] = {}
        self.line: SharedLine | None = None
        if endpoint_config is not None and endpoint_config.url:
            data_dir = Path(endpoint_config.kwargs["data_dir"])
            self.line = SharedLine(endpoint_config.url, prefix_of(data_dir))

    @property
    def is_shared(self) -> bool:
        """Whether other processes may be in the same conversations."""
        return self.line is not None

    async def open(self) -> None:
        """Called when the server starts."""
        if self.line is not None:
            await self.line.open()

    def announce(self, conversation_id: str) -> asyncio.Future[None]:
        """Keeps a place for a `lock` that is coming: turns are taken in the order that their
        messages came in, to whichever process. What it gives is done when the place is kept."""
        if self.line is not None:
            return self.line.announce(conversation_id)
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def retract(self, conversation_id: str, count: int) -> None:
        """Gives up as many announced places."""
        if self.line is not None:
            self.line.retract(conversation_id, count)

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 1,
    ) -> AsyncIterator[None]:
        """Holds a conversation. Whoever holds it already goes straight on.

        Raises:
            LockError: Redis has been away for too long.
        """
        holds = _holds.get()
        if any(each.conversation_id == conversation_id and not each.is_over for each in holds):
            yield
            return
        async with self._first_of_this_process(conversation_id):
            if self.line is not None:
                await self.line.enter(conversation_id)
            hold = _Hold(conversation_id)
            token = _holds.set((*holds, hold))
            try:
                yield
            finally:
                hold.is_over = True
                _holds.reset(token)
                if self.line is not None:
                    await self.line.leave(conversation_id)

    async def close(self) -> None:
        """Leaves everything to the other processes."""
        if self.line is not None:
            await self.line.close()

    @asynccontextmanager
    async def _first_of_this_process(self, conversation_id: str) -> AsyncIterator[None]:
        place = self._places.setdefault(conversation_id, _Place())
        place.wanted_by += 1
        try:
            async with place.lock:
                yield
        finally:
            place.wanted_by -= 1
            if not place.wanted_by:
                del self._places[conversation_id]
