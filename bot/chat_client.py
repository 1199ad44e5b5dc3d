"""A client of the web channel: what `aisle chat` and the tests talk to the assistant through."""

import asyncio
import time
import uuid
from typing import Any

import aiohttp
import socketio

TURN_SECONDS = 60
_REPLY = ("id", "time", "author", "text", "products", "buttons", "constraints", "table", "upload")


class ChatError(Exception):
    """The conversation can't go on; the message says why."""


class Conversation:
    """One customer's side of the web channel (docs/web-channel.md)."""

    def __init__(
        self, url: str, token: str = "", device: str = "", *, takes_files: bool = False
    ) -> None:
        """
        Args:
            takes_files: whether the customer can send files from here, and so may be asked for one.
        """
        self.url = url
        self.token = token
        self.device = device
        self.takes_files = takes_files
        self.history: list[dict[str, Any]] = []
        """What was said until the conversation was opened."""
        self._events: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()

    async def open(self) -> None:
        """Connects and waits for the server's session.

        Raises:
            ChatError: no assistant answers there.
        """
        shown = {"token": self.token, "device": self.device}
        auth: dict[str, Any] = {name: value for name, value in shown.items() if value}
        if self.takes_files:
            auth["files"] = True
        # Our own, because python-socketio leaves its own open when it can't connect.
        self._http = aiohttp.ClientSession()
        self._socket = socketio.AsyncClient(reconnection=False, http_session=self._http)
        for name in ("session", "reply", "turn", "disconnect"):
            self._socket.on(name, self._collect(name))
        try:
            await self._socket.connect(self.url, auth=auth, transports=["websocket"])
            _, session = await asyncio.wait_for(self._events.get(), TURN_SECONDS)
            self.token, self.device = session["token"], session["device"]
            self.history = session["history"]
        except (
            socketio.exceptions.SocketIOError,
            aiohttp.ClientError,
            TimeoutError,
            KeyError,
            ValueError,
        ) as error:
            await self.close()
            raise ChatError(
                f"No assistant answers at {self.url}. Is `aisle serve` running?"
            ) from error

    async def say(self, text: str, id: str = "") -> dict[str, Any]:
        """Sends one message and gathers the turn, as `aisle chat --json` prints it.

        The same id again, in this connection or another, is not answered twice.

        Raises:
            ChatError: no answer came.
        """
        message_id = id or str(uuid.uuid4())
        try:
            await self._socket.emit("message", {"id": message_id, "text": text})
        except socketio.exceptions.SocketIOError as error:
            raise ChatError("The assistant closed the connection.") from error
        replies = []
        while True:
            try:
                name, event = await asyncio.wait_for(self._events.get(), TURN_SECONDS)
            except TimeoutError as error:
                raise ChatError(f"No answer within {TURN_SECONDS} seconds.") from error
            if name == "disconnect":
                raise ChatError("The assistant closed the connection.")
            if name == "reply" and event.get("turn") == message_id:
                replies.append({key: event[key] for key in _REPLY})
            if name == "turn" and event["id"] == message_id:
                return {
                    "id": message_id,
                    "user": text,
                    "intent": event["intent"],
                    "replies": replies,
                    "took_ms": event["took_ms"],
                }

    async def hear_person(self) -> dict[str, Any]:
        """The next message of a person of the shop, when it comes: `author` and `text` in it.

        Raises:
            ChatError: none came in time, or the connection is closed.
        """
        deadline = time.monotonic() + TURN_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            try:
                name, event = await asyncio.wait_for(self._events.get(), left)
            except TimeoutError:
                break
            if name == "disconnect":
                raise ChatError("The assistant closed the connection.")
            if name == "reply" and event.get("author"):
                return event
        raise ChatError(f"Nobody wrote within {TURN_SECONDS} seconds.")

    async def identify(self, token: str | None) -> bool:
        """Shows the shop's token of who is logged in; None logs out. Whether it was accepted."""
        event = ("forget",) if token is None else ("identify", {"token": token})
        answer = await self._socket.call(*event, timeout=TURN_SECONDS)
        return bool(answer["ok"])

    async def close(self) -> None:
        await self._socket.disconnect()
        await self._http.close()

    def _collect(self, name: str) -> Any:
        async def handler(event: Any = None) -> None:
            await self._events.put((name, event if isinstance(event, dict) else {}))

        return handler
