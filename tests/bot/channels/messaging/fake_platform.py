"""A platform's server on loopback: keeps what it is asked, and answers as it is told."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web


@dataclass(frozen=True)
class Asked:
    """One request that our side made."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    """JSON, or a form's fields."""


@dataclass
class Told:
    """An answer in place of the usual one."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class FakePlatform:
    """Says yes to everything by default."""

    url: str

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: deque[Told] = deque()
        """Given to the next requests, one each."""
        self.refuse: Any = None
        """A function of a request that says whether it is refused with 400."""
        self.usual: Any = lambda asked: {}
        """The body of the usual answer to a request."""
        self.tried: list[Asked] = []
        """All that was asked, and refused too."""
        self._arrived = asyncio.Event()

    async def handle(self, request: web.Request) -> web.Response:
        raw = await request.read()
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = dict(parse_qsl(raw.decode()))
        query, headers = dict(request.query), dict(request.headers)
        asked = Asked(request.method, request.path, query, headers, body)
        self.tried.append(asked)
        self._arrived.set()
        if self.answers:
            told = self.answers.popleft()
            if told.status >= 400 or told.body is not None:
                return web.json_response(told.body, status=told.status, headers=told.headers)
        if self.refuse is not None and self.refuse(asked):
            return web.json_response({}, status=400)
        self.asked.append(asked)
        return web.json_response(self.usual(asked))

    async def until_tried(self, count: int, seconds: float = 5) -> None:
        """As soon as there were this many requests."""

        async def wait() -> None:
            while len(self.tried) < count:
                self._arrived.clear()
                await self._arrived.wait()

        await asyncio.wait_for(wait(), seconds)


@asynccontextmanager
async def fake_platform() -> AsyncIterator[FakePlatform]:
    fake = FakePlatform()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", fake.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield fake
    await runner.cleanup()
