"""Two Rasa processes share the customers: the channel twice, over one Redis and one database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from bot.channels import shared_line
from bot.channels.lock_store import ConversationLocks
from bot.channels.session import SessionIssuer
from bot.channels.tracker_store import ConversationStore
from bot.channels.web import WebInput
from tests.bot.channels.harness import KEY, ORIGIN, Browser, Server, StandInAgent, serve, texts
from tests.redis_server import RedisServer

pytestmark = pytest.mark.asyncio

SERVICE_KEY = "service-key"
ECHO = StandInAgent.echo


@dataclass
class Two:
    """Two servers, and what they heard together, in its order."""

    one: Server
    other: Server
    redis: RedisServer
    heard: list[str]
    erased: list[str]
    behaviour: asyncio.Event

    async def tabs(self) -> tuple[Browser, Browser]:
        """Of one conversation, one with each process."""
        one = await self.one.open()
        return one, await self.other.open(one.session["token"])

    def answer(self, how: Any) -> None:
        self.one.agent.answer = self.other.agent.answer = how

    async def deliver(self, to: Server, conversation: str, id: str, text: str) -> int:
        """The service's own way, to one of the processes."""
        said = {"conversation": conversation, "id": id, "author": "Ada", "text": text}
        headers = {"Authorization": f"Bearer {SERVICE_KEY}"}
        async with (
            ClientSession() as http,
            http.post(f"{to.url}/webhooks/web/deliver", json=said, headers=headers) as answer,
        ):
            return answer.status


@pytest_asyncio.fixture
async def two(redis: RedisServer, tmp_path: Path) -> AsyncIterator[Two]:
    heard: list[str] = []
    erased: list[str] = []

    async def erase(request: web.Request) -> web.Response:
        erased.append((await request.json())["conversation"])
        return web.json_response({})

    behaviour = asyncio.Event()

    async def keep(request: web.Request) -> web.Response:
        assert (await request.json())["events"][0]["event"] == "click"
        behaviour.set()
        return web.json_response({})

    app = web.Application()
    app.router.add_post("/behaviour", keep)
    app.router.add_post("/conversations/erase", erase)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with AsyncExitStack() as stack:
        servers = []
        for _ in range(2):
            endpoint = EndpointConfig(redis.url, data_dir=str(tmp_path))
            store = ConversationStore(Domain.empty(), f"sqlite:///{tmp_path / 'conversations.db'}")
            agent = StandInAgent(store, ConversationLocks(endpoint))
            agent.heard = heard
            channel = WebInput(
                SessionIssuer(KEY),
                [ORIGIN],
                turn_seconds=5,
                service_url=f"http://127.0.0.1:{runner.addresses[0][1]}",
                service_key=SERVICE_KEY,
                redis=(redis.url, "aisle:test:"),
            )
            servers.append(await stack.enter_async_context(serve(channel, agent)))
        yield Two(servers[0], servers[1], redis, heard, erased, behaviour)
    await runner.cleanup()


async def test_tabs_of_both_see_everything(two: Two) -> None:
    one, other = await two.tabs()
    await one.say("red shoes", "m1")
    await other.until("turn")
    await other.say("under $50", "m2")
    await one.until("turn", 2)
    for tab in (one, other):
        assert texts(tab.of("reply")) == ["You said: red shoes", "You said: under $50"]
        assert [turn["id"] for turn in tab.of("turn")] == ["m1", "m2"]
    assert [(each["id"], each["text"]) for each in other.of("customer")] == [("m1", "red shoes")]
    assert [(each["id"], each["text"]) for each in one.of("customer")] == [("m2", "under $50")]


async def test_a_message_sent_to_both_at_once_is_answered_once(two: Two) -> None:
    async def slowly(message: UserMessage) -> Any:
        await asyncio.sleep(0.3)
        return await ECHO(message)

    two.answer(slowly)
    one, other = await two.tabs()
    await asyncio.gather(one.send("red shoes", "m1"), other.send("red shoes", "m1"))
    await asyncio.gather(one.until("turn"), other.until("turn"))
    await asyncio.sleep(0.3)
    for tab in (one, other):
        assert {(turn["id"], turn["replies"]) for turn in tab.of("turn")} == {("m1", 1)}
        assert {(reply["id"], reply["text"]) for reply in tab.of("reply")} == {
            ("m1.0", "You said: red shoes")
        }
    assert two.heard == ["red shoes"]
    again = await two.other.open(one.session["token"])
    assert texts(again.session["history"]) == ["red shoes", "You said: red shoes"]


async def test_who_missed_the_reply_has_it_from_the_other_process(two: Two) -> None:
    first = await two.one.open()
    other = await two.other.open(first.session["token"])  # has its history from before
    replies, _ = await first.say("red shoes", "m1")
    await other.until("turn")
    again, turn = await other.say("red shoes", "m1")
    assert [(each["id"], each["text"]) for each in again[1:]] == [
        (each["id"], each["text"]) for each in replies
    ]
    assert (turn["id"], turn["replies"]) == ("m1", 1)
    assert two.heard == ["red shoes"]


async def test_a_message_that_came_again_keeps_its_place_in_the_history(two: Two) -> None:
    goes_on = asyncio.Event()

    async def wait(message: UserMessage) -> Any:
        if message.text == "second":
            await goes_on.wait()
        return await ECHO(message)

    two.answer(wait)
    one, other = await two.tabs()
    for id, text in (("m1", "first"), ("m2", "second")):
        await one.client.call("message", {"id": id, "text": text})
    # As the widget does, which has lost its connection: what it knows no end of goes again.
    for id, text in (("m1", "first"), ("m2", "second"), ("m3", "third")):
        await other.client.call("message", {"id": id, "text": text})
    said = ["first", "You said: first", "second", "third"]
    again = await two.other.open(one.session["token"])
    assert texts(again.session["history"]) == said
    again = await two.one.open(one.session["token"])
    assert texts(again.session["history"]) == said
    goes_on.set()
    await other.until("turn", 5)
    assert two.heard == ["first", "second", "third"]


async def test_a_refused_message_is_refused_once(two: Two) -> None:
    one, other = await two.tabs()
    await one.say("/restart", "m1")
    await other.until("turn")
    await other.say("/restart", "m1")
    again = await two.one.open(one.session["token"])
    assert len(again.session["history"]) == 2
    assert two.heard == []


async def test_messages_are_answered_in_the_order_they_came_one_at_a_time(two: Two) -> None:
    running = 0
    most = 0

    async def count(message: UserMessage) -> Any:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1
        return await ECHO(message)

    two.answer(count)
    one, other = await two.tabs()
    # As from somebody who types on, and whose messages a messaging platform spreads.
    sent = [(one, "1"), (one, "2"), (other, "3"), (one, "4"), (other, "5"), (other, "6")]
    for tab, text in sent:
        acknowledged = await tab.client.call("message", {"id": f"m{text}", "text": text})
        assert acknowledged == {"ok": True}
    await one.until("turn", len(sent), seconds=20)
    await other.until("turn", len(sent), seconds=20)
    assert two.heard == [text for _, text in sent]
    assert most == 1
    assert [turn["id"] for turn in one.of("turn")] == [f"m{text}" for _, text in sent]


async def test_a_tab_opened_within_the_others_turn_misses_nothing(two: Two) -> None:
    goes_on = asyncio.Event()

    async def wait(message: UserMessage) -> Any:
        await message.output_channel.send_response(message.sender_id, {"text": "Let me see."})
        await goes_on.wait()
        return []

    two.answer(wait)
    one = await two.one.open()
    await one.send("red shoes", "m1")
    await one.until("reply")
    other = await two.other.open(one.session["token"])
    assert [(each["id"], each["text"]) for each in other.session["history"]] == [
        ("m1", "red shoes"),
        ("m1.0", "Let me see."),
    ]
    await other.until("typing")
    goes_on.set()
    await other.until("turn")


async def test_a_persons_words_reach_a_customer_of_the_other_process(two: Two) -> None:
    customer = await two.other.open()
    await customer.say("I want to talk to somebody")
    conversation = two.other.conversation_of(customer)
    assert await two.deliver(two.one, conversation, "a1", "Hello, this is Ada.") == 204
    assert await two.deliver(two.other, conversation, "a1", "Hello, this is Ada.") == 204
    replies = await customer.until("reply", 2)
    assert (replies[1]["text"], replies[1]["author"]) == ("Hello, this is Ada.", "Ada")
    again = await two.one.open(customer.session["token"])
    assert texts(again.session["history"])[2:] == ["Hello, this is Ada."]


async def test_a_persons_words_wait_for_the_other_process_turn(two: Two) -> None:
    goes_on = asyncio.Event()

    async def wait(message: UserMessage) -> Any:
        await goes_on.wait()
        return await ECHO(message)

    customer = await two.other.open()
    await customer.say("hello")
    two.answer(wait)
    await customer.send("red shoes", "m1")
    await customer.until("typing", 3)
    conversation = two.other.conversation_of(customer)
    delivery = asyncio.create_task(two.deliver(two.one, conversation, "a1", "It's Ada."))
    await asyncio.sleep(0.3)
    assert not delivery.done()
    goes_on.set()
    assert await delivery == 204
    again = await two.one.open(customer.session["token"])
    # Had they not waited for each other, the one who saved last would have saved over the other.
    assert texts(again.session["history"])[2:] == ["red shoes", "You said: red shoes", "It's Ada."]


async def test_what_is_deleted_is_deleted_in_every_tab(two: Two) -> None:
    goes_on = asyncio.Event()

    async def wait(message: UserMessage) -> Any:
        await goes_on.wait()
        return await ECHO(message)

    one, other = await two.tabs()
    await one.say("my address is 1 High Street", "m1")
    two.answer(wait)
    await other.send("running", "m2")
    await other.client.call("message", {"id": "m3", "text": "waiting"})
    deleting = asyncio.create_task(one.client.call("delete_conversation", timeout=10))
    await asyncio.sleep(0.3)
    goes_on.set()
    assert await deleting == {"ok": True}
    await other.until("deleted")
    await one.until("deleted")
    assert two.erased == [two.one.conversation_of(one)]


async def test_a_reply_counts_as_seen_with_the_other_process(two: Two) -> None:
    card = {"id": "v1", "title": "Trail runner", "price": 54.0, "currency": "USD"}
    shown = {"text": "Here:", "custom": {"products": [card], "query": "shoes"}}

    async def show(message: UserMessage) -> Any:
        return [shown]

    two.answer(show)
    one = await two.one.open()
    await one.say("shoes", "m1")
    other = await two.other.open(one.session["token"])
    await other.client.emit("clicked", {"reply": "m1.0", "products": ["v1"]})
    await asyncio.wait_for(two.behaviour.wait(), 5)


async def test_redis_starts_anew_and_nothing_is_lost_or_doubled(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = asyncio.Event()

    async def wait(message: UserMessage) -> Any:
        if message.text == "first":
            await goes_on.wait()
        return await ECHO(message)

    monkeypatch.setattr(shared_line, "GRACE_SECONDS", 2.0)
    two.answer(wait)
    one, other = await two.tabs()
    await one.send("first", "m1")
    await one.until("typing")
    two.redis.kill()
    await other.send("first", "m1")  # as who lost the connection does
    await other.send("second", "m2")
    await asyncio.sleep(1)
    two.redis.run()
    await asyncio.sleep(3)
    assert two.heard == ["first"]  # the other process has not taken over
    goes_on.set()
    await one.until("turn", 2, seconds=20)
    await other.until("turn", 3, seconds=20)
    assert [turn["id"] for turn in one.of("turn")] == ["m1", "m2"]
    assert [turn["id"] for turn in other.of("turn")] == ["m1", "m1", "m2"]
    assert two.heard == ["first", "second"]
    again = await two.one.open(one.session["token"])
    assert texts(again.session["history"]) == [
        *("first", "You said: first"),
        *("second", "You said: second"),
    ]


async def test_tabs_catch_up_with_what_redis_did_not_bring(two: Two) -> None:
    one, other = await two.tabs()
    await one.say("first", "m1")
    await other.until("turn")
    two.redis.kill()
    await one.send("second", "m2")
    two.redis.run()
    await one.until("turn", 2, seconds=20)
    await asyncio.wait_for(_has_seen(other, "You said: second"), 20)


async def _has_seen(tab: Browser, text: str) -> None:
    while True:
        history = texts(tab.session["history"])
        if text in history or text in texts(tab.of("reply")):
            return
        await asyncio.sleep(0.05)
