"""A person's words come into an open conversation, and a conversation is deleted."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain

from bot.channels.output import QUIET
from bot.channels.session import SessionIssuer
from bot.channels.web import WebInput
from tests.bot.channels.harness import KEY, ORIGIN, Server, serve, settle, texts

asynchronous = pytest.mark.asyncio
SERVICE_KEY = "service-key"


class Service:
    """Where the channel asks for a conversation to be erased."""

    def __init__(self) -> None:
        self.erased: list[str] = []
        self.status = 200

    async def erase(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {SERVICE_KEY}":
            return web.json_response({}, status=401)
        if self.status == 200:
            self.erased.append((await request.json())["conversation"])
        return web.json_response({}, status=self.status)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest_asyncio.fixture
async def server(service: Service) -> AsyncIterator[Server]:
    app = web.Application()
    app.router.add_post("/conversations/erase", service.erase)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    channel = WebInput(
        SessionIssuer(KEY),
        [ORIGIN],
        turn_seconds=1,
        service_url=f"http://127.0.0.1:{port}",
        service_key=SERVICE_KEY,
    )
    async with serve(channel) as running:
        yield running
    await runner.cleanup()


async def deliver(server: Server, key: str = SERVICE_KEY, **said: Any) -> int:
    message = {"conversation": "", "id": "d1", "author": "Mia", "text": "I'm Mia.", **said}
    headers = {"Authorization": f"Bearer {key}"}
    url = f"{server.url}/webhooks/web/deliver"
    async with (
        ClientSession(headers=headers) as session,
        session.post(url, json=message) as answer,
    ):
        return answer.status


@asynchronous
async def test_it_is_shown_in_every_tab_and_again_after_a_reload(server: Server) -> None:
    first = await server.open()
    await first.say("a person please", "m1")
    second = await server.open(first.session["token"])
    conversation = server.conversation_of(first)
    assert await deliver(server, conversation=conversation) == 204
    for tab, count in ((first, 2), (second, 1)):
        reply = (await tab.until("reply", count))[-1]
        assert (reply["id"], reply["author"], reply["text"]) == ("d1", "Mia", "I'm Mia.")
    await first.say("thanks", "m2")
    history = (await server.open(first.session["token"])).session["history"]
    assert [(m["id"], m["author"]) for m in history] == [
        ("m1", ""),
        ("m1.0", ""),
        ("d1", "Mia"),
        ("m2", ""),
        ("m2.0", ""),
    ]


@asynchronous
async def test_the_same_message_twice_is_shown_once(server: Server) -> None:
    browser = await server.open()
    await browser.say("hello")
    conversation = server.conversation_of(browser)
    assert await deliver(server, conversation=conversation) == 204
    assert await deliver(server, conversation=conversation) == 204
    await settle()
    assert texts(browser.of("reply")).count("I'm Mia.") == 1


@asynchronous
async def test_it_waits_for_the_turn_that_is_running(server: Server) -> None:
    going_on = asyncio.Event()

    async def slowly(message: Any) -> list[dict[str, Any]]:
        await asyncio.wait_for(going_on.wait(), 0.9)
        return [{"text": "Done."}]

    browser = await server.open()
    await browser.say("hello", "m0")
    server.agent.answer = slowly
    await browser.send("search", "m1")
    await browser.until("typing", 3)
    delivery = asyncio.create_task(deliver(server, conversation=server.conversation_of(browser)))
    await settle()
    assert not delivery.done()
    going_on.set()
    assert await delivery == 204
    await browser.until("reply", 3)
    history = (await server.open(browser.session["token"])).session["history"]
    assert [m["id"] for m in history] == ["m0", "m0.0", "m1", "m1.0", "d1"]


@asynchronous
async def test_only_the_service_may(server: Server) -> None:
    browser = await server.open()
    await browser.say("hello")
    conversation = server.conversation_of(browser)
    for key in ("", "guess", "service-key2"):
        assert await deliver(server, key, conversation=conversation) == 401
    await settle()
    assert len(browser.of("reply")) == 1


@asynchronous
async def test_a_channel_without_a_key_has_the_route_closed() -> None:
    async with serve(WebInput(SessionIssuer(KEY), [ORIGIN])) as server:
        assert await deliver(server, "", conversation="x") == 401


@pytest.mark.parametrize(
    "changes",
    [{"id": "no spaces"}, {"id": 7}, {"text": " "}, {"text": "x" * 4001}, {"author": None}],
)
@asynchronous
async def test_malformed(server: Server, changes: dict[str, Any]) -> None:
    assert await deliver(server, **changes) == 422


@asynchronous
async def test_a_conversation_that_is_not_there(server: Server) -> None:
    assert await deliver(server, conversation="nobodys") == 404


@asynchronous
async def test_with_a_person_the_assistants_silence_is_no_failure(server: Server) -> None:
    async def quiet(message: Any) -> list[dict[str, Any]]:
        return [{"custom": {QUIET: True}}]

    server.agent.answer = quiet
    browser = await server.open()
    replies, turn = await browser.say("are you there?", "m1")
    assert (replies, turn["replies"]) == ([], 0)
    history = (await server.open(browser.session["token"])).session["history"]
    assert [m["id"] for m in history] == ["m1"]


@asynchronous
async def test_a_customer_deletes_the_conversation(server: Server, service: Service) -> None:
    browser = await server.open()
    await browser.say("my secret")
    other = await server.open(browser.session["token"])
    heard = asyncio.Event()
    other.client.on("deleted", lambda data: heard.set())
    assert await browser.client.call("delete_conversation", {}) == {"ok": True}
    assert service.erased == [server.conversation_of(browser)]
    await asyncio.wait_for(heard.wait(), 5)


@pytest.mark.parametrize("status", [401, 500])
@asynchronous
async def test_what_is_not_deleted_is_not_called_so(
    server: Server, service: Service, status: int
) -> None:
    service.status = status
    browser = await server.open()
    receipt = await browser.client.call("delete_conversation")
    assert receipt["ok"] is False and receipt["error"]


@asynchronous
async def test_in_rasas_own_database_no_event_is_lost(server: Server, tmp_path: Path) -> None:
    """Its store saves what comes after as many events as it has: an answer counts as one."""
    server.agent.tracker_store = SQLTrackerStore(Domain.empty(), db=str(tmp_path / "c.db"))
    browser = await server.open()
    conversation = server.conversation_of(browser)
    await browser.say("one", "m1")
    assert await deliver(server, conversation=conversation) == 204
    await browser.say("two", "m2")
    assert await deliver(server, conversation=conversation, id="d2") == 204
    history = (await server.open(browser.session["token"])).session["history"]
    assert [m["id"] for m in history] == ["m1", "m1.0", "d1", "m2", "m2.0", "d2"]
