"""A desk with one person at it, over signed webhooks, for those who play a customer."""

import base64
import json
import queue
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from bot.desk import signing
from bot.desk.port import ForgedEventError

_SECONDS = 20.0


class DemoDesk:
    """What came to it, in order, and what its person says."""

    def __init__(self, url: str, secret: str) -> None:
        self.url = url
        self.secret = secret
        self._key = signing.signing_key(secret)
        self._came: queue.Queue[dict[str, Any]] = queue.Queue()
        self._ticket = ""

    def settings(self) -> dict[str, Any]:
        """What a shop sets to use it."""
        return {"desk": "webhook", "desk_url": self.url, "desk_secret": self.secret}

    def take(self, headers: dict[str, str], body: bytes) -> HTTPStatus:
        """A webhook of the service's."""
        try:
            signing.verify(self._key, headers, body)
        except ForgedEventError:
            return HTTPStatus.UNAUTHORIZED
        event = json.loads(body)
        self._ticket = event["data"]["ticket"]
        self._came.put(event)
        return HTTPStatus.NO_CONTENT

    def next(self) -> dict[str, Any]:
        """The next event, `{"type", "data"}`, when it has come.

        Raises:
            TimeoutError: none came.
        """
        try:
            return self._came.get(timeout=_SECONDS)
        except queue.Empty as error:
            raise TimeoutError("nothing has come to the desk") from error

    def mark(self) -> None:
        """What has come until now is old."""
        while not self._came.empty():
            self._came.get_nowait()

    def say(self, service_url: str, text: str, author: str) -> None:
        """The person answers on the ticket that was heard of last.

        Raises:
            httpx.HTTPError: the service does not take it.
        """
        said = {"ticket": self._ticket, "text": text, "author": author}
        self._send(service_url, "ticket.replied", said)

    def hand_back(self, service_url: str) -> None:
        """The person is done.

        Raises:
            httpx.HTTPError: the service does not take it.
        """
        self._send(service_url, "ticket.closed", {"ticket": self._ticket})

    def _send(self, service_url: str, kind: str, data: dict[str, Any]) -> None:
        body = json.dumps({"type": kind, "data": data}).encode()
        headers = signing.headers(self._key, secrets.token_hex(8), body)
        url = f"{service_url}/v1/desk/webhook"
        httpx.post(url, content=body, headers=headers, timeout=_SECONDS).raise_for_status()


@contextmanager
def demo_desk() -> Iterator[DemoDesk]:
    """It listens on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(desk.take(headers, body))
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    desk = DemoDesk(f"http://127.0.0.1:{server.server_port}", secret)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
