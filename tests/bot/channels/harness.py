"""The channel on a real Sanic server, with a stand-in for Rasa's agent, and real clients."""

import asyncio
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import UserMessage, register
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from sanic import Sanic
from socketio import AsyncClient

from bot.channels.lock_store import ConversationLocks
from bot.channels.session import SessionIssuer
from bot.channels.web import WebInput

KEY = "k" * 64
ORIGIN = "https://shop.example"

OFFER = {
    "id": "v1",
    "group_id": "p1",
    "title": "Trail runner",
    "brand": "Fell",
    "price": 54.0,
    "currency": "USD",
    "in_stock": True,
    "url": "/products/p1?variant=v1",
    "image": "/pictures/p1.svg",
    "why": ["red"],
    "score": 0.93,
}
CARD = {name: value for name, value in OFFER.items() if name not in ("group_id", "score")}
Responses = list[dict[str, Any]]


class StandInAgent:
    """Answers as Rasa's agent does: replies while it works, saves when it is done."""

    def __init__(
        self, tracker_store: TrackerStore | None = None, locks: ConversationLocks | None = None
    ) -> None:
        self.tracker_store = tracker_store or InMemoryTrackerStore(Domain.empty())
        self.lock_store = locks or ConversationLocks()
        self.heard: list[str] = []
        self.answer: Callable[[UserMessage], Awaitable[Responses]] = self.echo

    @staticmethod
    async def echo(message: UserMessage) -> Responses:
        return [{"text": f"You said: {message.text}"}]

    def is_ready(self) -> bool:
        return True

    async def handle_message(self, message: UserMessage) -> None:
        """One at a time in each conversation, as Rasa does it."""
        async with self.lock_store.lock(message.sender_id):
            await self._handle(message)

    async def _handle(self, message: UserMessage) -> None:
        self.heard.append(message.text)
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
        intent = {"name": "find_product", "confidence": 0.9}
        said = UserUttered(
            message.text, intent, message_id=message.message_id, metadata=message.metadata
        )
        tracker.update(said)
        for response in await self.answer(message):
            await message.output_channel.send_response(message.sender_id, dict(response))
            text = response.get("text")
            tracker.update(BotUttered(text, {k: v for k, v in response.items() if k != "text"}))
        tracker.update(ActionExecuted("action_listen"))
        await self.tracker_store.save(tracker)


@dataclass
class Browser:
    """One tab: a real Socket.IO client that keeps every event in the order of arrival."""

    client: AsyncClient
    events: list[tuple[str, Any]] = field(default_factory=list)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        for name in ("session", "customer", "typing", "reply", "turn", "identity", "deleted"):
            self.client.on(name, self._keep(name))

    def _keep(self, name: str) -> Callable[[Any], Awaitable[None]]:
        async def keep(data: Any) -> None:
            self.events.append((name, data))
            self._arrived.set()

        return keep

    def of(self, name: str) -> list[Any]:
        return [data for event, data in self.events if event == name]

    async def until(self, name: str, count: int = 1, seconds: float = 5) -> list[Any]:
        """The events of this name, as soon as there are `count`."""

        async def wait() -> None:
            while len(self.of(name)) < count:
                self._arrived.clear()
                await self._arrived.wait()

        await asyncio.wait_for(wait(), seconds)
        return self.of(name)

    @property
    def session(self) -> Any:
        return self.of("session")[-1]

    async def send(self, text: Any, message_id: Any = None) -> str:
        """Sends a message without waiting for its turn; returns its id."""
        message_id = message_id or str(uuid.uuid4())
        await self.client.emit("message", {"id": message_id, "text": text})
        return str(message_id)

    async def say(self, text: Any, message_id: Any = None) -> tuple[list[Any], Any]:
        """Sends a message and waits for its turn: the replies, and the turn's end."""
        message_id = await self.send(text, message_id)
        before = len(self.of("turn"))
        await self.until("turn", before + 1)
        replies = [reply for reply in self.of("reply") if reply["turn"] == message_id]
        return replies, self.of("turn")[-1]


@dataclass
class Server:
    """The running server."""

    url: str
    agent: StandInAgent
    browsers: list[Browser] = field(default_factory=list)

    async def open(self, token: Any = None, **options: Any) -> Browser:
        """A tab that has its session."""
        browser = Browser(AsyncClient(reconnection=False))
        self.browsers.append(browser)
        auth = {"token": token} if token is not None else None
        await browser.client.connect(
            self.url, auth=options.pop("auth", auth), transports=["websocket"], **options
        )
        await browser.until("session")
        return browser

    def conversation_of(self, browser: Browser) -> str:
        """The id inside a session's token."""
        return SessionIssuer(KEY).open(browser.session["token"]).conversation_id

    def device_of(self, browser: Browser) -> str:
        """The id inside its device's token."""
        session = browser.session
        return SessionIssuer(KEY).open(session["token"], session["device"]).device_id


@asynccontextmanager
async def serve(
    channel: WebInput,
    agent: StandInAgent | None = None,
    port: int = 0,
    prepare: Callable[[Sanic], None] = lambda app: None,
) -> AsyncIterator[Server]:
    """The channel, registered as Rasa does it, on a free port.

    Args:
        prepare: is given the application before.
    """
    app = Sanic(f"web_channel_{uuid.uuid4().hex}", configure_logging=False)
    app.ctx.agent = agent or StandInAgent()
    prepare(app)
    register([channel], app, "/webhooks/")
    async with listening(app, port) as url:
        server = Server(url, app.ctx.agent)
        try:
            yield server
        finally:
            for browser in server.browsers:
                await browser.client.disconnect()


@asynccontextmanager
async def listening(app: Sanic, port: int = 0) -> AsyncIterator[str]:
    """A Sanic application on a free port, unless one is given; yields its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", port))
    running = await app.create_server(sock=listener, return_asyncio_server=True)
    assert running is not None
    await running.startup()
    await running.after_start()
    await running.start_serving()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await running.before_stop()
        await running.close()
        await running.after_stop()


def texts(messages: list[Any]) -> list[str]:
    """What the bubbles say."""
    return [message["text"] for message in messages]


async def settle() -> None:
    """Time enough for an event that must not come."""
    await asyncio.sleep(0.1)
