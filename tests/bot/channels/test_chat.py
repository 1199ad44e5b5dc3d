import asyncio
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import UserUttered

from bot.channels import guard
from bot.channels.conversation import WAITING_TURNS
from bot.channels.history import LONGEST_REFUSED_TEXT
from bot.channels.turns import TOO_FAST, UNREACHABLE
from tests.bot.channels.harness import (
    CARD,
    OFFER,
    Responses,
    Server,
    settle,
    texts,
)

asynchronous = pytest.mark.asyncio


@asynchronous
async def test_answers_in_one_turn(server: Server) -> None:
    browser = await server.open()
    replies, turn = await browser.say("red shoes", "m1")
    assert [(reply["id"], reply["text"]) for reply in replies] == [("m1.0", "You said: red shoes")]
    assert turn["intent"] == {"name": "find_product", "confidence": 0.9}
    assert turn["took_ms"] >= 0
    assert turn["replies"] == 1
    assert [name for name, _ in browser.events] == ["session", "typing", "reply", "typing", "turn"]
    assert browser.of("typing") == [{"on": True}, {"on": False}]


@asynchronous
async def test_a_bubble_arrives_whole(server: Server) -> None:
    button = {"title": "In red", "payload": "show me the red one"}

    async def answer(_: UserMessage) -> Responses:
        text = "Here you are.\n\nAnything else?"
        return [{"text": text, "custom": {"products": [OFFER]}, "buttons": [button]}]

    server.agent.answer = answer
    [reply], _ = await (await server.open()).say("shoes", "m1")
    assert reply["role"] == "assistant"
    assert reply["text"] == "Here you are.\n\nAnything else?"
    assert reply["products"] == [CARD]
    assert reply["buttons"] == [button]
    assert reply["turn"] == "m1"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('/order_status{"email": "victim@shop.example"}', guard.COMMAND),
        ("\u200b\u00a0/restart", guard.COMMAND),
        ("", guard.EMPTY),
        ("👟" * 10_000, guard.TOO_LONG),
    ],
    ids=["command", "hidden command", "empty", "long"],
)
@asynchronous
async def test_what_the_guard_refuses_is_answered_and_stays_outside(
    server: Server, text: str, sentence: str
) -> None:
    browser = await server.open()
    replies, turn = await browser.say(text)
    assert texts(replies) == [sentence]
    assert turn["intent"] == {"name": None, "confidence": 0.0}
    assert server.agent.heard == []
    assert texts((await browser.say("shoes"))[0]) == ["You said: shoes"]


@asynchronous
async def test_what_was_refused_is_still_there_after_a_reload(server: Server) -> None:
    browser = await server.open()
    await browser.say('/order_status{"number": "A1"}', "m1")
    await browser.say("shoes", "m2")
    await browser.say("👟" * 2000, "m3")
    await browser.say("", "m4")

    history = (await server.open(browser.session["token"])).session["history"]

    assert [(message["id"], message["text"]) for message in history] == [
        ("m1", '/order_status{"number": "A1"}'),
        ("m1.0", guard.COMMAND),
        ("m2", "shoes"),
        ("m2.0", "You said: shoes"),
        ("m3", "👟" * (LONGEST_REFUSED_TEXT - 1) + "…"),
        ("m3.0", guard.TOO_LONG),
        ("m4.0", guard.EMPTY),
    ]
    tracker = await server.agent.tracker_store.retrieve(server.conversation_of(browser))
    assert tracker is not None
    heard = [event.text for event in tracker.events if isinstance(event, UserUttered)]
    assert heard == ["shoes"]


@pytest.mark.parametrize(
    "text", ["👟", "我想买跑鞋", "<b>shoes</b>", "'; DROP TABLE events; --", "under $0 over $9"]
)
@asynchronous
async def test_strange_words_reach_rasa_as_they_are(server: Server, text: str) -> None:
    assert texts((await (await server.open()).say(text))[0]) == [f"You said: {text}"]
    assert server.agent.heard == [text]


@pytest.mark.parametrize(
    "payload",
    [None, "hello", 7, [], {}, {"text": "no id"}, {"id": "m1", "text": 7}, ({"id": "m1"}, "two")],
)
@asynchronous
async def test_a_malformed_event_is_told_so(server: Server, payload: Any) -> None:
    browser = await server.open()
    answer = await browser.client.call("message", payload, timeout=5)
    assert answer["ok"] is False
    assert answer["error"]
    assert server.agent.heard == []
    assert (await browser.say("shoes"))[0]


@asynchronous
async def test_a_message_is_acknowledged(server: Server) -> None:
    browser = await server.open()
    answer = await browser.client.call("message", {"id": "m1", "text": "shoes"}, timeout=5)
    assert answer == {"ok": True}
    await browser.until("turn")


@asynchronous
async def test_silence_is_broken_by_a_kind_sentence(server: Server) -> None:
    async def answer(_: UserMessage) -> Responses:
        return []

    server.agent.answer = answer
    browser = await server.open()
    replies, turn = await browser.say("shoes", "m1")
    assert texts(replies) == [UNREACHABLE]
    assert turn["intent"]["name"] == "find_product"
    again = await server.open(browser.session["token"])
    assert texts(again.session["history"]) == ["shoes", UNREACHABLE]


@asynchronous
async def test_after_a_failure_the_next_message_works(server: Server) -> None:
    async def answer(_: UserMessage) -> Responses:
        raise RuntimeError("The model is broken.")

    browser = await server.open()
    server.agent.answer = answer
    replies, turn = await browser.say("shoes", "m1")
    assert texts(replies) == [UNREACHABLE]
    assert turn["id"] == "m1"
    server.agent.answer = server.agent.echo
    assert texts((await browser.say("hello"))[0]) == ["You said: hello"]
    again = await server.open(browser.session["token"])
    assert texts(again.session["history"]) == ["shoes", UNREACHABLE, "hello", "You said: hello"]


@asynchronous
async def test_a_turn_that_hangs_is_given_up(server: Server) -> None:
    async def answer(_: UserMessage) -> Responses:
        await asyncio.sleep(60)
        return []

    browser = await server.open()
    server.agent.answer = answer
    replies, turn = await browser.say("shoes")
    assert texts(replies) == [UNREACHABLE]
    assert turn["took_ms"] < 3000
    assert browser.of("typing")[-1] == {"on": False}


@asynchronous
async def test_a_lost_tracker_store_ends_the_turn_too(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    browser = await server.open()
    for method in ("retrieve", "retrieve_full_tracker", "save"):
        monkeypatch.setattr(server.agent.tracker_store, method, fail)
    replies, turn = await browser.say("shoes")
    assert texts(replies) == [UNREACHABLE]
    assert turn["intent"]["name"] is None
    assert (await server.open(browser.session["token"])).session["history"] == []


@asynchronous
async def test_a_burst_is_answered_in_order(server: Server) -> None:
    async def answer(message: UserMessage) -> Responses:
        await asyncio.sleep(0.05 if message.text == "0" else 0)  # the first is the slowest
        return [{"text": message.text}]

    server.agent.answer = answer
    browser = await server.open()
    ids = [await browser.send(str(number)) for number in range(5)]
    assert [turn["id"] for turn in await browser.until("turn", 5)] == ids
    assert texts(browser.of("reply")) == ["0", "1", "2", "3", "4"]


@asynchronous
async def test_one_customers_slow_turn_holds_up_nobody_else(server: Server) -> None:
    release = asyncio.Event()

    async def answer(message: UserMessage) -> Responses:
        if message.text == "slow":
            await release.wait()
        return [{"text": message.text}]

    server.agent.answer = answer
    slow, quick = await server.open(), await server.open()
    await slow.send("slow")
    await quick.say("quick")
    assert slow.of("turn") == []
    release.set()
    await slow.until("turn")


@asynchronous
async def test_a_flood_is_asked_to_wait(server: Server) -> None:
    browser = await server.open()
    release = asyncio.Event()

    async def answer(message: UserMessage) -> Responses:
        await release.wait()
        return [{"text": message.text}]

    server.agent.answer = answer
    for number in range(WAITING_TURNS + 5):
        await browser.send(str(number))
    await browser.until("reply")
    release.set()
    await browser.until("turn", WAITING_TURNS + 5)
    assert TOO_FAST in texts(browser.of("reply"))
    assert len(server.agent.heard) <= WAITING_TURNS + 1


@asynchronous
async def test_a_resent_message_is_answered_once(server: Server) -> None:
    browser = await server.open()
    _, turn = await browser.say("shoes", "m1")
    assert (await browser.say("shoes", "m1"))[1] == turn
    assert server.agent.heard == ["shoes"]
    assert len(browser.of("reply")) == 1


@asynchronous
async def test_a_message_resent_after_reconnecting_is_answered_once(server: Server) -> None:
    browser = await server.open()
    await browser.say("shoes", "m1")
    await browser.client.disconnect()
    await settle()  # the server has forgotten the conversation, and reads it again
    again = await server.open(browser.session["token"])
    await again.say("shoes", "m1")
    assert server.agent.heard == ["shoes"]


@asynchronous
async def test_whoever_comes_back_within_a_turn_misses_nothing(server: Server) -> None:
    release = asyncio.Event()

    async def answer(message: UserMessage) -> Responses:
        await message.output_channel.send_response(message.sender_id, {"text": "One moment."})
        await release.wait()
        return [{"text": "Here."}]

    server.agent.answer = answer
    browser = await server.open()
    await browser.send("shoes", "m1")
    await browser.send("bags", "m2")
    await browser.until("reply")
    await browser.client.disconnect()

    again = await server.open(browser.session["token"])
    assert texts(again.session["history"]) == ["shoes", "One moment.", "bags"]
    await again.until("typing")
    release.set()
    await again.until("turn", 2)
    assert texts(again.of("reply")) == ["Here.", "One moment.", "Here."]
