"""What a customer sees and looks at reaches the service, checked against what was shown."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from rasa.core.channels.channel import UserMessage

from bot.channels.behaviour import BehaviourService, Showings
from bot.channels.message import assistant_message
from bot.channels.session import SessionIssuer
from bot.channels.web import WebInput
from tests.bot.channels.harness import KEY, OFFER, Responses, Server, serve

SERVICE_KEY = "s" * 64
OTHER = {**OFFER, "id": "v2"}


def showings(query: object = "trail shoes") -> Showings:
    reply = assistant_message("m1.0", {"custom": {"products": [OFFER, OTHER]}}, 0)
    assert reply is not None
    shown = Showings()
    shown.note(reply, query)
    return shown


def test_each_product_counts_once_with_its_place() -> None:
    shown = showings()
    seen = {"reply": "m1.0", "products": ["v2", "v2", "of another shop"]}
    event = {"event": "impression", "product": "v2", "query": "trail shoes", "position": 2}
    assert shown.events("impression", seen) == [event]
    assert shown.events("impression", seen) == []
    assert shown.events("click", seen) == [{**event, "event": "click"}]


@pytest.mark.parametrize(
    "told",
    [None, "v1", {}, {"reply": "m9.0", "products": ["v1"]}, {"reply": "m1.0", "products": 7}],
)
def test_what_was_not_shown_is_nothing(told: object) -> None:
    assert showings().events("click", told) == []


@pytest.mark.parametrize("query", [None, "", 7])
def test_products_that_no_search_found_are_nothing(query: object) -> None:
    assert showings(query).events("click", {"reply": "m1.0", "products": ["v1"]}) == []


@pytest_asyncio.fixture
async def kept() -> AsyncIterator[tuple[str, list[Any]]]:
    """A service's address, and what it was asked to keep."""
    asked: list[Any] = []

    async def keep(request: web.Request) -> web.Response:
        asked.append((request.headers["Authorization"], await request.json()))
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/behaviour", keep)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}", asked
    await runner.cleanup()


async def _found(_message: UserMessage) -> Responses:
    return [{"text": "Here:", "custom": {"products": [OFFER, OTHER], "query": "trail shoes"}}]


async def _until(condition: Any) -> None:
    for _ in range(100):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("did not happen in time")


@pytest.mark.asyncio
async def test_it_goes_from_the_socket_to_the_service(kept: tuple[str, list[Any]]) -> None:
    url, asked = kept
    channel = WebInput(SessionIssuer(KEY), [], service_url=url, service_key=SERVICE_KEY)
    async with serve(channel) as server:
        server.agent.answer = _found
        tab = await server.open()
        [reply], _ = await tab.say("trail shoes", "m1")
        assert "query" not in reply
        await tab.client.emit("seen", {"reply": "m1.0", "products": ["v1", "v2"]})
        await tab.client.emit("clicked", {"reply": "m1.0", "products": ["v1"]})
        await tab.client.emit("clicked", "nonsense")
        await tab.client.emit("clicked")
        await _until(lambda: len(asked) == 2)
        (key, seen), (_, clicked) = asked
        assert key == f"Bearer {SERVICE_KEY}"
        assert [each["product"] for each in seen["events"]] == ["v1", "v2"]
        assert [each["event"] for each in clicked["events"]] == ["click"]
        assert seen["conversation"] == clicked["conversation"]


@pytest.mark.asyncio
async def test_a_service_that_is_away_costs_nobody_anything() -> None:
    event = {"event": "click", "product": "v1", "query": "q", "position": 1}
    await BehaviourService("http://127.0.0.1:9", "key").record("c", [event])
    await BehaviourService("", "").record("c", [event])


@pytest.mark.asyncio
async def test_it_costs_a_shop_without_a_service_nothing(server: Server) -> None:
    server.agent.answer = _found
    tab = await server.open()
    await tab.say("trail shoes", "m1")
    await tab.client.emit("seen", {"reply": "m1.0", "products": ["v1"]})
    await tab.say("and now?")
