"""The line of each conversation in Redis: whose process is first may take a turn in it.

A line is a list of processes, in the order that their messages came in. A process that is killed is
known by its key, which runs out. A Redis that starts anew may have forgotten everything, or
remember what is long over: so the lines of each run of Redis are its own, and after a change nobody
takes a turn for some seconds, in which whoever is in one says so.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import uuid
from collections import Counter

from rasa.core.lock_store import LockError
from redis.asyncio import Connection

from bot.channels.shared_redis import AWAY, connect, end

logger = logging.getLogger(__name__)

BEAT_SECONDS = 1.0
LEASE_SECONDS = 10
"""After so long without a beat a process counts as dead."""
GRACE_SECONDS = 3.0
"""Nobody takes a turn after Redis has changed, until each process has noticed with its beat."""
PATIENCE_SECONDS = 60.0
"""How long a turn waits for a Redis that is away."""
_LINE_SECONDS = 3600
"""Longer than twenty turns may take."""
_POLL_SECONDS = 0.05
_RETRY_SECONDS = 0.5
_LOCKS = 64


class SharedLine:
    """This process's places in the lines."""

    def __init__(self, url: str, prefix: str) -> None:
        self._redis = connect(url, redis_connect_func=self._on_connect)
        self._prefix = prefix
        self._process = uuid.uuid4().hex
        self._places: Counter[str] = Counter()
        """How many this process wants in each conversation's line."""
        self._written: Counter[str] = Counter()
        """How many it has there, as far as it knows."""
        self._announced: Counter[str] = Counter()
        """How many of those wanted nobody has come for yet."""
        self._held: set[str] = set()
        self._unsure: set[str] = set()
        """Where a command failed, so that what stands in Redis is not known."""
        self._settling = [asyncio.Lock() for _ in range(_LOCKS)]
        """One command at a time for each conversation; some share one."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._beating: asyncio.Task[None] | None = None
        self._run = ""
        self._is_new_connection = False
        self._trusted_from = 0.0

    async def open(self) -> None:
        """Begins to show that this process is there; it goes on by itself."""
        with contextlib.suppress(*AWAY):
            await self._begin()

    def announce(self, conversation_id: str) -> asyncio.Task[None]:
        """Takes a place for an `enter` that is coming; the task ends when Redis knows it, or is
        away."""
        self._places[conversation_id] += 1
        self._announced[conversation_id] += 1
        return self._settle_soon(conversation_id)

    def retract(self, conversation_id: str, count: int) -> None:
        """Gives announced places back."""
        count = min(count, self._announced[conversation_id])
        self._announced[conversation_id] -= count
        self._places[conversation_id] -= count
        self._settle_soon(conversation_id)

    async def enter(self, conversation_id: str) -> None:
        """Waits until this process is the first. It must not wait twice for one conversation.

        Raises:
            LockError: Redis has been away for too long.
        """
        if self._announced[conversation_id]:
            self._announced[conversation_id] -= 1
        else:
            self._places[conversation_id] += 1
        try:
            await self._wait(conversation_id)
        except BaseException:
            self._places[conversation_id] -= 1
            self._settle_soon(conversation_id)
            raise
        self._held.add(conversation_id)

    async def leave(self, conversation_id: str) -> None:
        """Lets the next one in."""
        self._held.discard(conversation_id)
        self._places[conversation_id] -= 1
        with contextlib.suppress(*AWAY):  # the beat tries again
            await self._settle(conversation_id)

    async def close(self) -> None:
        """The other processes need not wait for this one any more."""
        await end([*self._tasks, *([self._beating] if self._beating else [])])
        with contextlib.suppress(*AWAY):
            if self._run:
                await self._redis.delete(self._key("process", self._process))
        await self._redis.close()

    async def _wait(self, conversation_id: str) -> None:
        answered = time.monotonic()
        while True:
            try:
                if await self._is_first(conversation_id):
                    return
                answered = time.monotonic()
                await asyncio.sleep(_POLL_SECONDS)
            except AWAY as error:
                if time.monotonic() - answered > PATIENCE_SECONDS:
                    raise LockError("Redis is away.") from error
                await asyncio.sleep(_RETRY_SECONDS)

    async def _is_first(self, conversation_id: str) -> bool:
        await self._begin()
        await self._settle(conversation_id)
        key = self._key("line", conversation_id)
        line = await self._redis.lrange(key, 0, -1)
        await self._look_who_answers()
        if time.monotonic() < self._trusted_from:
            return False
        if self._process not in line:
            self._unsure.add(conversation_id)
            return False
        if line[0] == self._process:
            return True
        if not await self._redis.exists(self._key("process", line[0])):
            logger.warning("A Rasa process has ended within a turn; another goes on.")
            await self._redis.lrem(key, 0, line[0])
        return False

    def _settle_soon(self, conversation_id: str) -> asyncio.Task[None]:
        async def settle() -> None:
            with contextlib.suppress(*AWAY):  # the beat tries again
                await self._begin()
                await self._settle(conversation_id)

        task = asyncio.create_task(settle())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _settle(self, conversation_id: str) -> None:
        """Makes the line in Redis have as many places of this process as it wants."""
        async with self._settling[hash(conversation_id) % _LOCKS]:
            run = self._run
            try:
                await self._write(conversation_id)
            except BaseException:
                self._unsure.add(conversation_id)
                raise
            if run == self._run:
                self._unsure.discard(conversation_id)
            if not self._places[conversation_id] and conversation_id not in self._unsure:
                for each in (self._places, self._written, self._announced):
                    each.pop(conversation_id, None)

    async def _write(self, conversation_id: str) -> None:
        key = self._key("line", conversation_id)
        written = self._written[conversation_id]
        if conversation_id in self._unsure:
            line = await self._redis.lrange(key, 0, -1)
            written = line.count(self._process)
            if conversation_id in self._held and line[:1] != [self._process]:
                await self._redis.lpush(key, self._process)
                written += 1
        more = self._places[conversation_id] - written
        if more > 0:
            async with self._redis.pipeline() as pipeline:
                pipeline.rpush(key, *[self._process] * more)
                pipeline.expire(key, _LINE_SECONDS)
                await pipeline.execute()
        elif more < 0:
            # Of one whose turn is over the first; else what came last.
            is_running = conversation_id in self._held
            await self._redis.lrem(key, more if is_running else -more, self._process)
        self._written[conversation_id] = written + more

    async def _begin(self) -> None:
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat_on())
        if not self._run:
            await self._beat()

    async def _beat_on(self) -> None:
        is_away = False
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await self._beat()
                for conversation_id in list(self._unsure):
                    await self._settle(conversation_id)
                is_away = False
            except AWAY as error:
                if not is_away:
                    logger.error("Redis is away; customers wait. %s", type(error).__name__)
                is_away = True

    async def _beat(self) -> None:
        await self._redis.ping()
        await self._look_who_answers()
        await self._redis.set(self._key("process", self._process), 1, ex=LEASE_SECONDS)

    async def _look_who_answers(self) -> None:
        """Notices another run of Redis, by its id, after each new connection."""
        if not self._is_new_connection and self._run:
            return
        self._is_new_connection = False
        run = (await self._redis.info("server"))["run_id"]
        if run == self._run:
            return
        if self._run:
            logger.warning("Redis has started anew; turns wait for %.0f seconds.", GRACE_SECONDS)
            self._trusted_from = time.monotonic() + GRACE_SECONDS
        self._run = run
        self._unsure.update(self._places)
        await self._redis.set(self._key("process", self._process), 1, ex=LEASE_SECONDS)

    async def _on_connect(self, connection: Connection) -> None:
        self._is_new_connection = True
        await connection.on_connect()

    def _key(self, kind: str, of: str) -> str:
        return f"{self._prefix}{self._run}:{kind}:{of}"
