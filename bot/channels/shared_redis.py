"""The Redis that the Rasa processes of one shop share."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.channels.session import load_key

SECONDS = 5.0
"""In which Redis must take a connection, and answer a command."""

AWAY = (RedisError, OSError, asyncio.TimeoutError)
"""What a command raises while Redis can't be asked."""


def connect(url: str, **options: Any) -> Redis[str]:
    """A client; it connects at its first command."""
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_timeout=SECONDS,
        socket_connect_timeout=SECONDS,
        **options,
    )


async def end(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancels them, until they have ended: in Python 3.10 `wait_for`, which the client of Redis
    uses, may lose a cancellation that comes at the moment of an answer."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=0.5)


def prefix_of(data_dir: Path) -> str:
    """What the names of this shop's keys begin with, for another shop may use the same Redis.

    All processes that sign with the same key have the same, and it tells nothing of the key.
    """
    digest = hashlib.sha256(b"aisle redis" + load_key(data_dir).encode()).hexdigest()
    return f"aisle:{digest[:16]}:"
