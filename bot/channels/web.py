"""The web channel: Socket.IO on Rasa's own port, one signed conversation for each customer.

The protocol is written down in docs/web-channel.md.
"""

from asyncio import AbstractEventLoop
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rasa.core.channels.channel import InputChannel
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json
from socketio import AsyncServer

from bot import redaction
from bot.channels.attachment_service import AttachmentService
from bot.channels.attachments import AttachmentRoutes
from bot.channels.behaviour import BehaviourService
from bot.channels.chat import Chat
from bot.channels.deliver import Deliverer
from bot.channels.eraser import Eraser
from bot.channels.identity_service import IdentityService
from bot.channels.open_turns import OpenTurns
from bot.channels.rate_limits import RateLimits
from bot.channels.rooms import Rooms
from bot.channels.session import SessionIssuer, load_key
from bot.channels.shared_port import SharedPort
from bot.channels.shared_redis import prefix_of
from bot.channels.turns import TURN_SECONDS, Handler

# A message of 10,000 characters, escaped as JSON, still gets through to be answered kindly.
LARGEST_PACKET = 256 * 1024


class WebInput(InputChannel):
    """Customers' browsers, over Socket.IO."""

    def __init__(
        self,
        sessions: SessionIssuer,
        origins: list[str],
        turn_seconds: float = TURN_SECONDS,
        *,
        service_url: str = "",
        service_key: str = "",
        identities: IdentityService | None = None,
        rate_limits: RateLimits | None = None,
        redis: tuple[str, str] | None = None,
        shared_port: SharedPort | None = None,
    ) -> None:
        """
        Args:
            redis: URL, and what names begin with in it: with other processes in the same
                conversations.
            shared_port: where those listen together.
        """
        self._sessions = sessions
        self._origins = origins
        self._turn_seconds = turn_seconds
        self._service_url = service_url
        self._service_key = service_key
        self._identities = identities
        self._rate_limits = rate_limits or RateLimits()
        self._redis = redis
        self._shared_port = shared_port

    @classmethod
    def name(cls) -> str:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Reads credentials.yml: `data_dir`, and what is optional: `allowed_origins` (comma
        separated), `service_url` with `service_key`, `redis_url`, and what SharedPort reads."""
        redaction.install()
        given = credentials or {}
        if not given.get("data_dir"):
            cls.raise_missing_credentials_exception()
        data_dir = Path(given["data_dir"])
        key = load_key(data_dir)
        redis_url = given.get("redis_url") or ""
        url, service_key = given.get("service_url") or "", str(given.get("service_key") or "")
        return cls(
            SessionIssuer(key),
            parse_origins(given.get("allowed_origins") or ""),
            service_url=url,
            service_key=service_key,
            identities=IdentityService(url, service_key) if url else None,
            rate_limits=RateLimits(redis_url),
            redis=(redis_url, prefix_of(data_dir)) if redis_url else None,
            shared_port=SharedPort.of(given),
        )

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Binds the Socket.IO server, and a readiness route, to Rasa's Sanic application."""
        rooms = Rooms(*self._redis) if self._redis else None
        sio = AsyncServer(
            async_mode="sanic",
            client_manager=rooms,
            # An empty list would switch the origin check off; None allows the same origin alone.
            cors_allowed_origins=self._origins or None,
            cors_credentials=False,
            max_http_buffer_size=LARGEST_PACKET,
            always_connect=True,  # `session` is sent from within the connect handler
        )
        chat = Chat(
            sio,
            self._sessions,
            on_new_message,
            self._turn_seconds,
            self._identities,
            self._rate_limits,
            Eraser(self._service_url, self._service_key),
            BehaviourService(self._service_url, self._service_key),
            OpenTurns(*self._redis) if self._redis else OpenTurns(),
        )
        if rooms is not None:
            rooms.on_gap, rooms.on_deleted = chat.catch_up, chat.drop_waiting
        service = None
        if self._service_url:
            service = AttachmentService(self._service_url, self._service_key)
        attachments = AttachmentRoutes(self._sessions, service, self._rate_limits, self._origins)
        deliverer = Deliverer(chat.show, self._service_key)
        return WebBlueprint(sio, chat, deliverer, attachments, rooms, self._shared_port)


class WebBlueprint(Blueprint):
    """Attaches the Socket.IO server when Rasa registers the channel with its application."""

    def __init__(
        self,
        sio: AsyncServer,
        chat: Chat,
        deliverer: Deliverer,
        attachments: AttachmentRoutes,
        rooms: Rooms | None = None,
        shared_port: SharedPort | None = None,
    ) -> None:
        super().__init__("web_channel")
        self.ctx.sio = sio
        self.ctx.chat = chat
        self.ctx.rooms = rooms
        self.ctx.shared_port = shared_port
        self.add_route(_readiness, "/", name="readiness")

        # A function, for Sanic leaves marks on it, which a method does not take.
        async def _deliver(request: Request) -> HTTPResponse:
            return await deliverer.handle(request)

        self.add_route(_deliver, "/deliver", methods=["POST"], name="deliver")
        self._route(attachments)
        self.listener("after_server_start")(self._open)
        self.listener("before_server_stop")(self._close)
        self.listener("after_server_stop")(self._leave)

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Takes `/socket.io/` of this application."""
        self.ctx.sio.attach(app, "socket.io")
        self.ctx.chat.app = app
        if self.ctx.shared_port is not None:
            shared_port: SharedPort = self.ctx.shared_port
            shared_port.mark(self.ctx.sio)

            # A function: see above.
            async def _pass_on(request: Request) -> HTTPResponse | None:
                return await shared_port.pass_on(request)

            app.register_middleware(_pass_on, "request")
        super().register(app, options)  # type: ignore[no-untyped-call]

    async def _open(self, app: Sanic, _loop: AbstractEventLoop) -> None:
        await self.ctx.chat.open()
        if self.ctx.shared_port is not None:
            await self.ctx.shared_port.open(app)

    def _route(self, attachments: AttachmentRoutes) -> None:
        async def add(request: Request) -> HTTPResponse:
            return await attachments.add(request)

        async def preview(request: Request, id: str) -> HTTPResponse:
            return await attachments.preview(request, id)

        async def remove(request: Request, id: str) -> HTTPResponse:
            return await attachments.remove(request, id)

        async def allow(request: Request, id: str = "") -> HTTPResponse:
            return await attachments.allow(request, id)

        every, one = "/attachments", "/attachments/<id:str>"
        self.add_route(add, every, methods=["POST"], name="add", stream=True)
        self.add_route(allow, every, methods=["OPTIONS"], name="allow_all")
        self.add_route(preview, one, methods=["GET"], name="preview")
        self.add_route(remove, one, methods=["DELETE"], name="remove")
        self.add_route(allow, one, methods=["OPTIONS"], name="allow_one")

        async def let_read(request: Request, response: HTTPResponse) -> None:
            attachments.let_read(request, response)

        self.middleware("response")(let_read)

    async def _close(self, _app: Sanic, _loop: AbstractEventLoop) -> None:
        await self.ctx.chat.close()
        for shared in (self.ctx.shared_port, self.ctx.rooms):
            if shared is not None:
                await shared.close()

    async def _leave(self, _app: Sanic, _loop: AbstractEventLoop) -> None:
        """After the other channels have stopped answering, too."""
        await self.ctx.chat.leave()


async def _readiness(request: Request) -> HTTPResponse:
    """200 when a dialogue model is loaded, 503 before."""
    agent = getattr(request.app.ctx, "agent", None)
    ready = agent is not None and agent.is_ready()
    return json({"ready": ready}, status=200 if ready else 503)


def parse_origins(text: str) -> list[str]:
    """The web origins in a comma-separated list.

    Raises:
        RasaException: an entry is no origin; `*` is none, for it would let in every site.
    """
    origins = [entry.strip() for entry in text.split(",") if entry.strip()]
    for origin in origins:
        parts = urlsplit(origin)
        is_origin = parts.netloc and origin == f"{parts.scheme}://{parts.netloc}"
        if not is_origin or parts.scheme not in ("http", "https"):
            raise RasaException(
                f"'{origin}' is not a web origin. Write the scheme, the host and the port alone, "
                "as in https://shop.example or http://127.0.0.1:8000."
            )
    return origins
