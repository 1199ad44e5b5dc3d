"""The one port of several Rasa processes.

Each listens on it (SO_REUSEPORT): the kernel gives every new connection to one of them, and to the
others while one is away. A WebSocket is one connection. Long polling is many, so the id of a
session says which process it is with, and whoever gets a request of another's passes it on.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
from collections.abc import Mapping
from typing import Any

import aiohttp
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.server.async_server import AsyncioServer
from socketio import AsyncServer

logger = logging.getLogger(__name__)

_SESSION = re.compile(r"(\d{1,2})\..+")
_SECONDS = aiohttp.ClientTimeout(total=90, sock_connect=5)
"""Longer than a request of long polling may wait for an event."""
_NOT_PASSED_ON = frozenset(("connection", "content-length", "keep-alive", "transfer-encoding"))


class SharedPort:
    """This process's share in the port."""

    def __init__(self, host: str, port: int, worker: int, workers: int) -> None:
        """
        Args:
            host: with `port`, where customers come in.
            worker: which process this is, from 1 on. It alone listens on `port` + `worker`, too.
            workers: how many there are.
        """
        self._host = host
        self._port = port
        self._worker = worker
        self._workers = workers
        self._running: AsyncioServer | None = None
        self._http: aiohttp.ClientSession | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> SharedPort | None:
        """As credentials.yml has it: `shared_port` (`host:port`), `worker`, `workers`; None where
        nothing is shared."""
        if not given.get("shared_port"):
            return None
        host, _, port = str(given["shared_port"]).rpartition(":")
        return cls(host.strip("[]"), int(port), int(given["worker"]), int(given["workers"]))

    def mark(self, sio: AsyncServer) -> None:
        """Lets the ids of sessions tell this process."""
        generate_id = sio.eio.generate_id
        sio.eio.generate_id = lambda: f"{self._worker}.{generate_id()}"

    async def open(self, app: Sanic) -> None:
        """Begins to take connections."""
        self._http = aiohttp.ClientSession(timeout=_SECONDS, auto_decompress=False)
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((self._host, self._port))
        self._running = await app.create_server(sock=listener, return_asyncio_server=True)

    async def close(self) -> None:
        """Ends what it has taken, too."""
        if self._running is not None:
            closed = self._running.close()
            for connection in list(self._running.connections):
                if getattr(connection, "websocket", None):
                    connection.websocket.fail_connection(code=1001)
                else:
                    connection.abort()
            if closed is not None:
                await asyncio.wait_for(closed, 5)
        if self._http is not None:
            await self._http.close()

    async def pass_on(self, request: Request) -> HTTPResponse | None:
        """The answer of the process that has the session; None where it is this one."""
        found = _SESSION.fullmatch(request.args.get("sid", ""))
        worker = int(found.group(1)) if found else self._worker
        if worker == self._worker or not 0 < worker <= self._workers or self._http is None:
            return None
        url = f"http://127.0.0.1:{self._port + worker}{request.path}?{request.query_string}"
        headers = {name: value for name, value in request.headers.items() if _goes_on(name)}
        try:
            async with self._http.request(
                request.method, url, headers=headers, data=request.body
            ) as answer:
                return HTTPResponse(
                    await answer.read(),
                    answer.status,
                    {name: value for name, value in answer.headers.items() if _goes_on(name)},
                )
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            logger.info("The process of a session is gone: %s", type(error).__name__)
            return HTTPResponse(b'"Invalid session"', 400)  # so that the browser connects anew


def _goes_on(name: str) -> bool:
    return name.lower() not in _NOT_PASSED_ON
