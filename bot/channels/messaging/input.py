"""The messaging channels: one webhook for each platform that the shop has keys for.

Credentials.yml opens this once; which platforms there are says the environment (registry.py).
"""

import os
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import redaction
from bot.channels.deliver import Deliverer, NobodyError
from bot.channels.message import Message
from bot.channels.messaging import registry
from bot.channels.messaging.exchange import Exchange
from bot.channels.messaging.ids import Ids
from bot.channels.messaging.mail.channel import Email
from bot.channels.messaging.mail.poller import Poller
from bot.channels.messaging.mail.postman import Postman
from bot.channels.messaging.mail.threads import Threads
from bot.channels.messaging.platform import Channel, Outlet, Platform
from bot.channels.messaging.sender import Sender
from bot.channels.messaging.store import Store
from bot.channels.messaging.webhook_route import WebhookRoute
from bot.channels.rate_limits import RateLimits
from bot.channels.turns import TURN_SECONDS, Handler
from bot.conversation_id import channel_of
from bot.secret_key import read_or_create


class MessagingInput(InputChannel):
    """Customers on messaging platforms."""

    def __init__(
        self,
        platforms: Sequence[Platform],
        data_dir: Path,
        turn_seconds: float = TURN_SECONDS,
        *,
        service_key: str = "",
        shop_url: str = "",
        email: Email | None = None,
        polls: bool = True,
        rate_limits: RateLimits | None = None,
        make_sender: Callable[[Platform], Sender] = Sender,
        make_postman: Callable[[Email, Threads], Postman] = Postman,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.platforms = platforms
        self._data_dir = data_dir
        self._turn_seconds = turn_seconds
        self._service_key = service_key
        self._shop_url = shop_url
        self._rate_limits = rate_limits or RateLimits()
        self.email = email
        self._polls = polls
        self._make_sender = make_sender
        self._make_postman = make_postman
        self._clock = clock

    @classmethod
    def name(cls) -> str:
        return "messaging"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Reads credentials.yml: `data_dir`, and `service_key` and `redis_url` as the web
        channel does, and `worker`; the platforms' keys from the environment."""
        redaction.install()
        given = credentials or {}
        if not given.get("data_dir"):
            cls.raise_missing_credentials_exception()
        try:
            platforms = registry.configured(os.environ)
            email = registry.of_environment(Email, os.environ)
        except registry.MissingKeyError as error:
            raise RasaException(str(error)) from error
        return cls(
            platforms,
            Path(given["data_dir"]),
            service_key=str(given.get("service_key") or ""),
            shop_url=os.environ.get("AISLE_PUBLIC_URL", ""),
            email=email,
            polls=str(given.get("worker") or "1") == "1",
            rate_limits=RateLimits(given.get("redis_url") or ""),
        )

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Binds a route for each platform, and the one by which people's answers come."""
        if not self.platforms and self.email is None:
            return Blueprint("messaging_channels")
        store = Store(self._data_dir / "messaging.db")
        key = read_or_create(self._data_dir / "secrets" / "messaging.key")

        def exchange(channel: Channel, outlet: Outlet) -> Exchange:
            return Exchange(
                channel,
                outlet,
                store,
                Ids(key),
                self._rate_limits,
                on_new_message,
                self._turn_seconds,
                self._shop_url,
                self._clock,
            )

        blueprint = MessagingBlueprint(store, self._service_key)
        for platform in self.platforms:
            sender = self._make_sender(platform)
            exchanges = exchange(platform, sender)
            route = WebhookRoute(platform, sender, exchanges, self._clock)
            blueprint.open(platform.name, exchanges, route)
        if self.email is not None:
            threads = Threads(key, self.email.account.rpartition("@")[2])
            letters = exchange(self.email, self._make_postman(self.email, threads))
            # One of several processes looks, for what it finds is counted.
            poller = Poller(self.email, threads, letters, self._rate_limits)
            blueprint.open(self.email.name, letters, poller=poller if self._polls else None)
        return blueprint


class MessagingBlueprint(Blueprint):
    """The routes `/webhooks/messaging/<platform>`."""

    def __init__(self, store: Store, service_key: str) -> None:
        super().__init__("messaging_channels")
        self.ctx.store = store
        self.ctx.exchanges = {}
        self.ctx.routes = {}
        self.ctx.pollers = []
        deliverer = Deliverer(self._show, service_key)
        routes: dict[str, WebhookRoute] = self.ctx.routes

        # Functions, for Sanic leaves marks on them, which a method does not take.
        async def _deliver(request: Request) -> HTTPResponse:
            return await deliverer.handle(request)

        async def _receive(request: Request, platform: str) -> HTTPResponse:
            if platform not in routes:
                return json({"error": "This shop is not there."}, status=404)
            return await routes[platform].handle(request)

        self.add_route(_deliver, "/deliver", methods=["POST"], name="deliver")
        self.add_route(_receive, "/<platform:str>", methods=["GET", "POST"], name="receive")
        self.listener("after_server_start")(self._start)
        self.listener("before_server_stop")(self._close)

    def open(
        self,
        name: str,
        exchange: Exchange,
        route: WebhookRoute | None = None,
        poller: Poller | None = None,
    ) -> None:
        """Opens a channel, whose messages come by a webhook or are fetched."""
        self.ctx.exchanges[name] = exchange
        if route is not None:
            self.ctx.routes[name] = route
        if poller is not None:
            self.ctx.pollers.append(poller)

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Gives every exchange the application that holds Rasa's agent."""
        for exchange in self.ctx.exchanges.values():
            exchange.app = app
        super().register(app, options)  # type: ignore[no-untyped-call]

    async def _show(self, conversation: str, message: Message) -> None:
        exchange = self.ctx.exchanges.get(channel_of(conversation))
        if exchange is None:
            raise NobodyError("The shop has left that platform.")
        await exchange.show(conversation, message)

    async def _start(self, _app: Sanic, _loop: AbstractEventLoop) -> None:
        for exchange in self.ctx.exchanges.values():
            exchange.resume()
        for poller in self.ctx.pollers:
            poller.start()

    async def _close(self, _app: Sanic, _loop: AbstractEventLoop) -> None:
        for poller in self.ctx.pollers:
            await poller.stop()
        for exchange in self.ctx.exchanges.values():
            await exchange.close()
        self.ctx.store.close()
