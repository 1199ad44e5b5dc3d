"""`aisle chat`: talks to a running assistant through the web widget's own channel."""

import asyncio
import sys
import uuid
from typing import Annotated, Any

import socketio
import typer

from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.settings import Settings

TURN_SECONDS = 60


def chat(
    url: Annotated[str, typer.Option(help="Where Rasa listens. [default: AISLE_RASA_URL]")] = "",
    token: Annotated[
        str, typer.Option(help="Goes on with the conversation that this token belongs to.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a turn.")] = False,
) -> None:
    """Talk to a running assistant: one customer message a line on stdin, one turn a line out.

    Example: printf 'I need running shoes under $100\\nin red please\\n' | aisle chat --json
    """
    asyncio.run(_talk(url or Settings().rasa_url, token, json))


async def _talk(url: str, token: str, as_json: bool) -> None:
    conversation = Conversation(url, token)
    await conversation.open()
    try:
        if not as_json:
            stderr.print(f"Connected to {url}. Ctrl-D ends; --token goes on later with:")
            stderr.print(conversation.token, soft_wrap=True)
        while line := await asyncio.to_thread(_read_line, prompt=not as_json):
            turn = await conversation.say(line.rstrip("\r\n"))
            if as_json:
                print_json(turn)
            else:
                _show(turn)
    finally:
        await conversation.close()


class Conversation:
    """One customer's side of the web channel (docs/web-channel.md)."""

    def __init__(self, url: str, token: str = "") -> None:
        self.url = url
        self.token = token
        self._socket = socketio.AsyncClient(reconnection=False)
        self._events: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()
        for name in ("session", "reply", "turn"):
            self._socket.on(name, self._collect(name))
        self._socket.on("disconnect", self._collect("disconnect"))

    async def open(self) -> None:
        """Connects and waits for the server's session.

        Raises:
            CommandError: no assistant answers there.
        """
        auth = {"token": self.token} if self.token else {}
        try:
            await self._socket.connect(self.url, auth=auth, transports=["websocket"])
            _, session = await asyncio.wait_for(self._events.get(), TURN_SECONDS)
        except (socketio.exceptions.ConnectionError, TimeoutError) as error:
            raise CommandError(
                f"No assistant answers at {self.url}. Is `aisle serve` running?"
            ) from error
        self.token = session["token"]

    async def say(self, text: str) -> dict[str, Any]:
        """Sends one message and gathers the turn, as `aisle chat --json` prints it."""
        message_id = str(uuid.uuid4())
        await self._socket.emit("message", {"id": message_id, "text": text})
        replies = []
        while True:
            try:
                name, event = await asyncio.wait_for(self._events.get(), TURN_SECONDS)
            except TimeoutError as error:
                raise CommandError(f"No answer within {TURN_SECONDS} seconds.") from error
            if name == "disconnect":
                raise CommandError("The assistant closed the connection.")
            if name == "reply" and event.get("turn") == message_id:
                replies.append({key: event[key] for key in ("text", "products", "buttons")})
            if name == "turn" and event["id"] == message_id:
                return {
                    "user": text,
                    "intent": event["intent"],
                    "replies": replies,
                    "took_ms": event["took_ms"],
                }

    async def close(self) -> None:
        await self._socket.disconnect()

    def _collect(self, name: str) -> Any:
        async def handler(event: Any = None) -> None:
            await self._events.put((name, event if isinstance(event, dict) else {}))

        return handler


def _read_line(*, prompt: bool) -> str:
    if prompt and sys.stdin.isatty():
        stderr.print("> ", end="")
    return sys.stdin.readline()


def _show(turn: dict[str, Any]) -> None:
    for reply in turn["replies"]:
        stdout.print(reply["text"], markup=False)
        for number, product in enumerate(reply["products"], start=1):
            price = (
                "" if product["price"] is None else f", {product['price']} {product['currency']}"
            )
            stdout.print(f"  {number}. {product['title']}{price}", markup=False)
        if reply["buttons"]:
            titles = " | ".join(button["title"] for button in reply["buttons"])
            stdout.print(f"  ({titles})", markup=False)
