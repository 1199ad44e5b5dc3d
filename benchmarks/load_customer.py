"""A customer under load, as the widget is one: keeps its token, its place, and what it has said."""

import asyncio
import contextlib
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import socketio

_ACK_SECONDS = 10
_APOLOGY = "I can't reach the shop's shelves"
_PAUSE_SECONDS = (0.5, 8.0)
"""Between two attempts to connect: the first, and the longest."""


@dataclass
class Asked:
    text: str
    word: str
    """That any answer to it has."""
    at: float
    done_at: float | None = None
    replies: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By their ids, as a customer sees each once."""
    announced: int = 0
    """How many the server says it sent; 0 where it does not know any more."""

    @property
    def seconds(self) -> float | None:
        return None if self.done_at is None else self.done_at - self.at

    @property
    def is_told_to_try_again(self) -> bool:
        return any(_APOLOGY in reply["text"] for reply in self.replies.values())


class LoadCustomer:
    """One conversation over WebSocket; what was not answered is sent again after each connect."""

    def __init__(self, url: str, address: str) -> None:
        """`address` is where the customer seems to be: all real ones would share this machine's."""
        self._url = url
        self._headers = {"X-Forwarded-For": address}
        self._token = ""
        self._device = ""
        self._closed = False
        self._online = asyncio.Event()
        self._waiting: dict[str, Asked] = {}
        self.asked: dict[str, Asked] = {}
        self.foreign: list[dict[str, Any]] = []
        """Replies to turns that are not this customer's."""
        self.changed: list[dict[str, Any]] = []
        """Replies that came again with other words."""
        self.history: list[dict[str, Any]] = []
        self.connects = 0

    @property
    def is_idle(self) -> bool:
        return not self._waiting

    async def run(self) -> None:
        """Stays connected until `close`."""
        pause = _PAUSE_SECONDS[0]
        async with aiohttp.ClientSession() as http:
            while not self._closed:
                try:
                    await self._visit(http)
                    pause = _PAUSE_SECONDS[0]
                except (socketio.exceptions.SocketIOError, aiohttp.ClientError, OSError):
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _PAUSE_SECONDS[1])

    async def close(self) -> None:
        self._closed = True
        if self._online.is_set():
            await self._socket.disconnect()

    async def online(self) -> None:
        await self._online.wait()

    async def ask(self, text: str, word: str) -> Asked:
        """Sends it now, or with the next connection; `done_at` is set when its turn is over."""
        id = str(uuid.uuid4())
        asked = Asked(text, word, time.monotonic())
        self.asked[id] = self._waiting[id] = asked
        if self._online.is_set():
            await self._send(id, text)
        return asked

    async def come_back(self) -> None:
        """Reads the history once more."""
        self._closed = False
        visit = asyncio.create_task(self.run())
        await self.online()
        await self.close()
        await visit

    def lost(self) -> dict[str, str]:
        """Why each message counts as lost: its turn never ended, it got no answer, or the server
        does not keep it.

        An answer that was on its way when the connection broke comes with the history.
        """
        roles = [message["role"] for message in self.history]
        kept = [message["id"] for message in self.history]
        answered = {
            id
            for id, role, following in zip(kept, roles, [*roles[1:], ""], strict=False)
            if role == "customer" and following == "assistant"
        }
        # The history holds about the last fifty messages.
        recent = [*self.asked][-roles.count("customer") :] if roles else [*self.asked]
        lost = {}
        for id, asked in self.asked.items():
            if asked.done_at is None:
                lost[id] = "its turn never ended"
            elif id in recent and id not in kept:
                lost[id] = f"not in the history of {len(kept)}"
            elif not (asked.replies or id in answered):
                lost[id] = "no answer"
        return lost

    def doubled(self) -> int:
        """Messages that stand twice in the history, replies of the same id that differ, and
        messages that were answered once more."""
        ids = [message["id"] for message in self.history]
        kept = Counter(id.rpartition(".")[0] for id in ids)
        more = sum(
            kept[id] > asked.announced > 0 or len(asked.replies) > asked.announced > 0
            for id, asked in self.asked.items()
        )
        return len(ids) - len(set(ids)) + len(self.changed) + more

    def has_foreign_words(self, words: set[str]) -> int:
        """Customers' messages in the history that somebody else must have said."""
        return sum(
            message["role"] == "customer" and any(word in message["text"] for word in words)
            for message in self.history
        )

    async def _visit(self, http: aiohttp.ClientSession) -> None:
        self._socket = socketio.AsyncClient(reconnection=False, http_session=http)
        for name in ("session", "reply", "turn"):
            self._socket.on(name, getattr(self, f"_on_{name}"))
        shown = {"token": self._token, "device": self._device}
        auth = {name: value for name, value in shown.items() if value}
        try:
            await self._socket.connect(
                self._url, headers=self._headers, auth=auth, transports=["websocket"]
            )
            self.connects += 1
            await self._socket.wait()
        finally:
            self._online.clear()

    async def _send(self, id: str, text: str) -> None:
        # Without an acknowledgement it goes again with the next connection.
        with contextlib.suppress(socketio.exceptions.SocketIOError, OSError):
            await self._socket.call("message", {"id": id, "text": text}, timeout=_ACK_SECONDS)

    async def _on_session(self, session: dict[str, Any]) -> None:
        self._token, self._device = session["token"], session["device"]
        self.history = session["history"]
        self._online.set()
        for id, asked in list(self._waiting.items()):
            self._socket.start_background_task(self._send, id, asked.text)

    async def _on_reply(self, reply: dict[str, Any]) -> None:
        asked = self.asked.get(reply["turn"])
        if asked is None:
            self.foreign.append(reply)
        elif reply["text"] != asked.replies.setdefault(reply["id"], reply)["text"]:
            self.changed.append(reply)

    async def _on_turn(self, turn: dict[str, Any]) -> None:
        asked = self._waiting.pop(turn["id"], None)
        if asked is not None:
            asked.done_at = time.monotonic()
            asked.announced = turn["replies"]
