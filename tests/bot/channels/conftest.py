"""Fixtures of the channel's tests, which run in Rasa's environment."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from sanic import Sanic

from bot.channels.session import SessionIssuer
from bot.channels.web import WebInput
from tests.bot.channels.harness import KEY, ORIGIN, Server, serve
from tests.installed import if_installed
from tests.redis_server import RedisServer

SECRETIVE = ("jane@example.com", "4111", "eyJ", "my secret", "A1001")
"""What customers and attackers say, and tokens."""
LeavesALine = Callable[[], str]


def pytest_configure(config: pytest.Config) -> None:
    # Rasa's dependencies are years old and warn a great deal. Warnings that our own modules
    # raise stay errors, and so does an exception that nobody fetched.
    config.addinivalue_line("filterwarnings", "ignore:::(?!bot|tests|test_|conftest)")
    config.addinivalue_line("filterwarnings", "error::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def _web_sockets_of_old_aiohttp(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Socket.IO client names a class that the aiohttp which Rasa allows has no need of."""

    def seconds(*, ws_close: float) -> float:
        return ws_close

    monkeypatch.setattr(aiohttp, "ClientWSTimeout", seconds, raising=False)


@pytest.fixture(autouse=True)
def _sanic_starts_more_than_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sanic rewrites its own methods at a start, and finds them again in test mode only."""
    monkeypatch.setattr(Sanic, "test_mode", True)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A running Redis of the test's own."""
    server = if_installed(lambda: RedisServer(tmp_path))
    server.run()
    yield server
    server.kill()


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Server]:
    """A shop whose assistant repeats what it hears, until a test tells it otherwise."""
    channel = WebInput(SessionIssuer(KEY), [ORIGIN], turn_seconds=1)
    async with serve(channel) as running:
        yield running


@pytest.fixture
def leaves_a_line(caplog: pytest.LogCaptureFixture) -> LeavesALine:
    caplog.set_level(logging.WARNING, "aisle")

    def check() -> str:
        lines = "\n".join(
            each.getMessage() for each in caplog.records if each.name == "aisle.audit"
        )
        assert lines, "nothing was logged"
        assert [each for each in SECRETIVE if each in lines] == []
        return lines

    return check
