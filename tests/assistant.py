"""The whole assistant for tests: real Rasa, real service, own ports, own data folder."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from bot.chat_client import Conversation as Channel
from bot.evaluation.demo_mail import Mailbox
from bot.evaluation.free_port import free_port
from bot.evaluation.sign_in import shop_token
from bot.settings import Settings

START_SECONDS = 420
"""From an empty data folder, on a busy machine: demo shop, model export, index, training."""


@dataclass(frozen=True)
class Reply:
    text: str
    products: list[dict[str, Any]]
    buttons: list[dict[str, str]]
    constraints: list[dict[str, str]] = field(default_factory=list)
    table: dict[str, Any] | None = None


@dataclass(frozen=True)
class Turn:
    user: str
    intent: str
    replies: list[Reply]

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.replies)

    @property
    def products(self) -> list[dict[str, Any]]:
        return [product for reply in self.replies for product in reply.products]

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for reply in self.replies for button in reply.buttons]


class Conversation:
    """One customer's conversation, a turn at a time."""

    def __init__(self, channel: Channel, loop: asyncio.AbstractEventLoop, mailbox: Mailbox) -> None:
        self._channel = channel
        self._loop = loop
        self._mailbox = mailbox
        mailbox.mark()
        self._run(channel.open())

    @property
    def token(self) -> str:
        return self._channel.token

    def identify(self, token: str | None) -> bool:
        verified: bool = self._run(self._channel.identify(token))
        return verified

    def say(self, text: str) -> Turn:
        turn = self._run(self._channel.say(text))
        known = [each.name for each in fields(Reply)]
        replies = [Reply(**{name: reply[name] for name in known}) for reply in turn["replies"]]
        return Turn(turn["user"], turn["intent"]["name"] or "", replies)

    def hear_person(self) -> dict[str, Any]:
        """The next message of a person of the shop."""
        said: dict[str, Any] = self._run(self._channel.hear_person())
        return said

    def code(self) -> str:
        """The one-time code of the next mail in the demo shop's mailbox."""
        code: str = self._run(self._mailbox.next_code())
        return code

    def close(self) -> None:
        self._run(self._channel.close())

    def _run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(90)


@dataclass
class Assistant:
    """A running `aisle serve`."""

    data_dir: Path
    port: int
    rasa_port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread = field(init=False)
    _conversations: list[Conversation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

    def start(self) -> None:
        self._thread.start()
        log = self.data_dir / "serve.log"
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "serve"],
                cwd=self.data_dir,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while b"Aisle is open" not in log.read_bytes():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"aisle serve did not start:\n{log.read_text()}")
            time.sleep(0.3)

    def stop(self) -> None:
        for conversation in self._conversations:
            conversation.close()
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def chat(self, token: str = "", *, port: int = 0) -> Conversation:
        """Opens a conversation: a new one, or the one that the token belongs to; with one of
        several Rasa processes where its port is given."""
        mailbox = Mailbox(self.data_dir)
        url = f"http://127.0.0.1:{port}" if port else self.rasa_url
        conversation = Conversation(Channel(url, token), self._loop, mailbox)
        self._conversations.append(conversation)
        return conversation

    def sign_in(self, email: str) -> str:
        """The token of a customer who is logged in to this assistant's shop."""
        secret = self.environment["AISLE_SHOP_TOKEN_SECRET"]
        return shop_token(Settings(shop_token_secret=secret), email)

    def pid_of(self, what: str) -> int:
        """Of the child process that has this in its command line."""
        assert self.process is not None
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid), "-f", what],
            capture_output=True,
            text=True,
            check=True,
        )
        return int(found.stdout.split()[0])

    def aisle(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Runs `aisle …` over this assistant's shop."""
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            cwd=self.data_dir,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )


def shop_environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """An environment with this shop's settings and none of the developer's own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AISLE_")}
    return {
        **inherited,
        "AISLE_DATA_DIR": str(data_dir),
        "AISLE_SHOP_TOKEN_SECRET": "a secret of the tests, of 32 bytes or more",
        "TERM": "dumb",
        **settings,
    }


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.1)


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


def make_assistant(
    data_dir: Path, *, models_of: Assistant | None = None, **settings: str
) -> Assistant:
    """An assistant that is not started yet, over its own data folder and ports.

    With `models_of` it starts from a copy of that one's exported and trained models.
    """
    if models_of is not None:
        shutil.copytree(models_of.data_dir / "models", data_dir / "models")
    port = free_port()
    rasa_port = free_port(in_a_row=1 + int(settings.get("AISLE_RASA_WORKERS", "1")))
    environment = shop_environment(
        data_dir,
        AISLE_PORT=str(port),
        AISLE_RASA_URL=f"http://127.0.0.1:{rasa_port}",
        AISLE_RERANK_MS="60000",  # answers must not depend on how busy the machine is
        **settings,
    )
    return Assistant(data_dir, port, rasa_port, environment)
