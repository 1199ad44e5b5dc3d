"""`aisle validate channels`, the part in Rasa's environment."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.channels.messaging.check import findings
from tests.bot.channels.messaging.fake_platform import FakePlatform, Told, fake_platform

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def line() -> AsyncIterator[FakePlatform]:
    async with fake_platform() as fake:
        fake.usual = lambda asked: {"displayName": "Fell", "basicId": "@fell"}
        yield fake


def keys(line: FakePlatform) -> dict[str, str]:
    return {"AISLE_LINE_TOKEN": "t", "AISLE_LINE_SECRET": "s", "AISLE_LINE_API": line.url}


async def test_without_keys_there_is_nothing_to_say() -> None:
    assert await findings({}) == []


async def test_it_says_who_it_is_and_which_address_to_enter(line: FakePlatform) -> None:
    [found] = await findings({**keys(line), "AISLE_CHANNELS_URL": "https://chat.example/"})
    assert found["level"] == "ok"
    assert "Fell" in found["detail"]
    assert "https://chat.example/webhooks/messaging/line" in found["detail"]


async def test_without_an_address_it_asks_for_one(line: FakePlatform) -> None:
    [found] = await findings(keys(line))
    assert found["level"] == "warning" and "AISLE_CHANNELS_URL" in found["do"]


@pytest.mark.parametrize(("status", "do"), [(401, "AISLE_LINE_"), (503, "try again")])
async def test_it_says_what_to_do(line: FakePlatform, status: int, do: str) -> None:
    line.answers.append(Told(status, {}))
    [found] = await findings(keys(line))
    assert found["level"] == "error" and do in found["do"]
    assert len(line.tried) == 1


async def test_a_missing_key_is_named(line: FakePlatform) -> None:
    given = keys(line)
    del given["AISLE_LINE_SECRET"]
    [found] = await findings(given)
    assert found["level"] == "error" and "AISLE_LINE_SECRET" in found["detail"]
