"""A shop on one messaging platform: a real Sanic server, a stand-in for Rasa's agent."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientSession
from rasa.core.channels.channel import register
from sanic import Sanic

from bot.channels.messaging.exchange import WORKER
from bot.channels.messaging.mail.channel import Email
from bot.channels.messaging.mail.postman import Postman
from bot.channels.messaging.mail.threads import Threads
from bot.channels.messaging.platform import Platform
from bot.channels.messaging.sender import Sender
from tests.bot.channels.harness import StandInAgent, listening
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked

SERVICE_KEY = "service-key"
CONVERSATION_SECONDS = 1.0


@dataclass
class Shop:
    """The running server, and what its customers see."""

    url: str
    agent: StandInAgent
    driver: Driver
    clock: list[float]
    sender: Sender
    """A second one like the channel's own."""
    pauses: list[float] = field(default_factory=list)
    """What was waited for, in seconds."""

    async def post(self, posted: Posted) -> tuple[int, str]:
        """The platform's request; status and body of our answer."""
        return await self.driver.post(self.url, posted)

    async def say(self, text: str, id: str = "1", user: str = "4917") -> None:
        """A customer writes; returns when the turn is over."""
        await self.take(self.driver.message(text, id, user))

    async def take(self, posted: Posted) -> None:
        status, _ = await self.post(posted)
        assert status == 200
        await self.until_idle()

    async def until_idle(self) -> None:
        """All turns are over: every worker has ended."""
        while True:
            tasks = [each for each in asyncio.all_tasks() if each.get_name() == WORKER]
            if not tasks:
                return
            await asyncio.wait(tasks, timeout=5)

    @property
    def sent(self) -> list[Asked]:
        """The messages that reached the platform."""
        return [each for each in self.driver.fake.asked if self.driver.is_message(each)]

    @property
    def texts(self) -> list[str]:
        return [text for asked in self.sent for text in self.driver.texts(asked)]

    @property
    def seen(self) -> str:
        """All that a customer reads."""
        return "\n".join(self.texts)

    @property
    def taps(self) -> list[Tap]:
        return [tap for asked in self.sent for tap in self.driver.taps(asked)]

    def forget(self) -> None:
        """Empties the customer's screen."""
        self.driver.fake.asked.clear()
        self.driver.fake.tried.clear()

    @property
    def conversation(self) -> str:
        """The id of the only one."""
        [conversation] = self.agent.tracker_store.store
        return str(conversation)

    async def deliver(self, text: str, id: str = "d1", key: str = SERVICE_KEY, to: str = "") -> int:
        """A person of the desk writes; the route's status."""
        said = {"conversation": to or self.conversation, "id": id, "author": "Mia", "text": text}
        async with (
            ClientSession(headers={"Authorization": f"Bearer {key}"}) as session,
            session.post(f"{self.url}/webhooks/messaging/deliver", json=said) as answer,
        ):
            return answer.status


@asynccontextmanager
async def open_shop(
    driver: Driver, data_dir: Path, agent: StandInAgent | None = None
) -> AsyncIterator[Shop]:
    """The channel, registered as Rasa does it, on a free port. No pause of it takes time."""
    pauses: list[float] = []
    clock = [NOW]

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    def make_sender(platform: Platform) -> Sender:
        now: Callable[[], float] = lambda: clock[0]  # noqa: E731
        return Sender(platform, sleep=sleep, clock=now)

    def make_postman(email: Email, threads: Threads) -> Postman:
        return Postman(email, threads, sleep=sleep)

    channel = driver.channel(
        data_dir,
        turn_seconds=CONVERSATION_SECONDS,
        service_key=SERVICE_KEY,
        make_sender=make_sender,
        make_postman=make_postman,
        clock=lambda: clock[0],
    )
    app = Sanic(f"messaging_{uuid.uuid4().hex}", configure_logging=False)
    app.ctx.agent = agent or StandInAgent()
    register([channel], app, "/webhooks/")
    async with listening(app) as url:
        yield Shop(url, app.ctx.agent, driver, clock, make_sender(driver.platform), pauses)
