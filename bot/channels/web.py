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

from bot.channels.chat import Chat, Handler
from bot.channels.session import SessionIssuer, load_key

# A message of 10,000 characters, escaped as JSON, still gets through to be answered kindly.
LARGEST_PACKET = 256 * 1024

# Well below the 60 seconds that Rasa's conversation lock lives: Rasa itself would wait 300
# seconds for the action server, and let a second turn into the conversation meanwhile.
TURN_SECONDS = 25.0


class WebInput(InputChannel):
    """Customers' browsers, over Socket.IO."""

    def __init__(
        self, sessions: SessionIssuer, origins: list[str], turn_seconds: float = TURN_SECONDS
    ) -> None:
        self._sessions = sessions
        self._origins = origins
        self._turn_seconds = turn_seconds

    @classmethod
    def name(cls) -> str:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Reads `data_dir` and `allowed_origins` (comma separated) from credentials.yml."""
        given = credentials or {}
        if not given.get("data_dir"):
            cls.raise_missing_credentials_exception()
        key = load_key(Path(given["data_dir"]))
        return cls(SessionIssuer(key), parse_origins(given.get("allowed_origins") or ""))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Binds the Socket.IO server, and a readiness route, to Rasa's Sanic application."""
        sio = AsyncServer(
            async_mode="sanic",
            # An empty list would switch the origin check off; None allows the same origin alone.
            cors_allowed_origins=self._origins or None,
            cors_credentials=False,
            max_http_buffer_size=LARGEST_PACKET,
            always_connect=True,  # `session` is sent from within the connect handler
        )
        chat = Chat(sio, self._sessions, on_new_message, self._turn_seconds)
        return WebBlueprint(sio, chat)


class WebBlueprint(Blueprint):
    """Attaches the Socket.IO server when Rasa registers the channel with its application."""

    def __init__(self, sio: AsyncServer, chat: Chat) -> None:
        super().__init__("web_channel")
        self.ctx.sio = sio
        self.ctx.chat = chat
        self.add_route(_readiness, "/", name="readiness")
        self.listener("before_server_stop")(self._close)

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Takes `/socket.io/` of this application."""
        self.ctx.sio.attach(app, "socket.io")
        self.ctx.chat.app = app
        super().register(app, options)  # type: ignore[no-untyped-call]

    async def _close(self, _app: Sanic, _loop: AbstractEventLoop) -> None:
        await self.ctx.chat.close()


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
