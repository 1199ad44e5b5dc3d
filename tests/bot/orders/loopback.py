"""A shop's system on loopback, which can be made to fail."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from fastapi import FastAPI, Request, Response

from bot.evaluation.free_port import free_port
from tests.assistant import wait_until


@dataclass(frozen=True)
class Trouble:
    """What becomes of the next request that has `at` in its path or its body."""

    at: str = ""
    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    afterwards: bool = False
    """It is carried out first, and only its answer is lost."""


@dataclass
class Loopback:
    url: str = ""
    troubles: list[Trouble] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    """Method, path and body of each."""

    def forget(self) -> None:
        self.troubles.clear()
        self.requests.clear()

    def asked(self, at: str) -> int:
        """How many requests had this in them."""
        return sum(at in request for request in self.requests)


Handle = Callable[[Request], Awaitable[Response]]


@contextmanager
def serve(app: FastAPI) -> Iterator[Loopback]:
    loopback = Loopback()

    @app.middleware("http")
    async def fail(request: Request, call_next: Handle) -> Response:
        body = (await request.body()).decode()
        whole = f"{request.method} {request.url.path}?{request.url.query} {body}"
        loopback.requests.append(whole)
        trouble = next((each for each in loopback.troubles if each.at in whole), None)
        if trouble is None:
            return await call_next(request)
        loopback.troubles.remove(trouble)
        if trouble.afterwards:
            await call_next(request)
        await asyncio.sleep(trouble.seconds)
        return Response(trouble.body, trouble.status, trouble.headers, "application/json")

    port = free_port()
    loopback.url = f"http://127.0.0.1:{port}"
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="error", lifespan="off", ws="none")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield loopback
    finally:
        server.should_exit = True
        thread.join()
