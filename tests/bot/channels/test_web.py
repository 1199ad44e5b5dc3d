import pytest

from tests.bot.channels.conftest import Server

pytestmark = pytest.mark.asyncio


async def test_answers_in_one_turn(server: Server) -> None:
    browser = await server.open()
    replies, turn = await browser.say("red shoes", "m1")
    assert [reply["text"] for reply in replies] == ["You said: red shoes"]
    assert turn["id"] == "m1"
    assert turn["intent"] == {"name": "find_product", "confidence": 0.9}
    assert turn["took_ms"] >= 0
    assert [name for name, _ in browser.events] == ["session", "typing", "reply", "typing", "turn"]
