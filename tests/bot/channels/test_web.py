import asyncio
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from aiohttp import ClientSession
from rasa.shared.exceptions import RasaException
from socketio.exceptions import ConnectionError as ConnectionRefused

from bot.channels.session import AUDIENCE, SessionIssuer
from bot.channels.web import LARGEST_PACKET, WebInput, parse_origins
from tests.bot.channels.harness import (
    KEY,
    ORIGIN,
    Server,
    serve,
    settle,
    texts,
)

asynchronous = pytest.mark.asyncio


@asynchronous
async def test_each_new_customer_has_a_conversation_of_their_own(server: Server) -> None:
    first, second = await server.open(), await server.open()
    assert server.conversation_of(first) != server.conversation_of(second)
    assert first.session["history"] == []


@asynchronous
async def test_a_reload_shows_what_was_said(server: Server) -> None:
    browser = await server.open()
    [reply], _ = await browser.say("red shoes", "m1")
    await browser.client.disconnect()

    again = await server.open(browser.session["token"])
    assert server.conversation_of(again) == server.conversation_of(browser)
    history = again.session["history"]
    assert [(m["role"], m["id"], m["text"]) for m in history] == [
        ("customer", "m1", "red shoes"),
        ("assistant", reply["id"], reply["text"]),
    ]


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        pytest.param("x" * 64, {}, id="forged"),
        pytest.param(KEY, {"exp": 1}, id="expired"),
        pytest.param(KEY, {"aud": "another-service"}, id="another audience"),
    ],
)
@asynchronous
async def test_a_bad_token_gets_a_new_conversation(
    server: Server, key: str, changes: dict[str, Any]
) -> None:
    victim = await server.open()
    await victim.say("my secret")
    now = int(time.time())
    claims = {"sub": server.conversation_of(victim), "aud": AUDIENCE, "iat": now, "exp": now + 60}
    intruder = await server.open(jwt.encode({**claims, **changes}, key))
    assert server.conversation_of(intruder) != server.conversation_of(victim)
    assert intruder.session["history"] == []
    assert (await intruder.say("hello"))[0]


@pytest.mark.parametrize(
    "auth", [{"token": 7}, {"token": {"sub": "x"}}, {"session_id": "x"}, ["x"]]
)
@asynchronous
async def test_strange_credentials_get_a_new_conversation(server: Server, auth: Any) -> None:
    assert (await server.open(auth=auth)).session["history"] == []


@asynchronous
async def test_nobody_hears_or_enters_anothers_conversation(server: Server) -> None:
    alice, mallory = await server.open(), await server.open()
    conversation_id = server.conversation_of(alice)
    for event in ("join", "enter_room", "session_request", "room"):
        await mallory.client.emit(event, {"room": conversation_id, "session_id": conversation_id})
    stray = {"session_id": conversation_id, "room": conversation_id, "sender": conversation_id}
    await mallory.client.emit("message", {"id": "m1", "text": "let me in", **stray})
    await mallory.until("turn")
    await alice.say("my secret")
    await settle()
    assert alice.of("customer") == []
    assert texts(alice.of("reply")) == ["You said: my secret"]
    assert texts(mallory.of("reply")) == ["You said: let me in"]


@asynchronous
async def test_two_tabs_share_one_conversation(server: Server) -> None:
    left = await server.open()
    right = await server.open(left.session["token"])
    await left.say("red shoes", "m1")
    await right.until("turn")
    assert right.of("customer") == [{"id": "m1", "text": "red shoes", "attachment": None}]
    assert right.of("reply") == left.of("reply")
    assert left.of("customer") == []


@asynchronous
async def test_only_allowed_origins_get_in(server: Server) -> None:
    assert (await server.open(headers={"Origin": ORIGIN})).session["token"]
    with pytest.raises(ConnectionRefused):
        await server.open(headers={"Origin": "https://evil.example"})


@asynchronous
async def test_without_a_list_only_the_same_origin_gets_in() -> None:
    async with serve(WebInput(SessionIssuer(KEY), [])) as server:
        assert (await server.open(headers={"Origin": server.url})).session["token"]
        with pytest.raises(ConnectionRefused):
            await server.open(headers={"Origin": ORIGIN})


@asynchronous
async def test_a_packet_beyond_all_measure_ends_the_connection_alone(server: Server) -> None:
    browser, other = await server.open(), await server.open()
    await browser.send("x" * (LARGEST_PACKET + 1))
    await asyncio.wait_for(browser.client.wait(), 5)
    assert (await other.say("shoes"))[0]
    assert server.agent.heard == ["shoes"]


@asynchronous
async def test_readiness(server: Server) -> None:
    async with ClientSession() as http, http.get(f"{server.url}/webhooks/web/") as response:
        assert (response.status, await response.json()) == (200, {"ready": True})


@pytest.mark.parametrize(
    "origins",
    ["*", "null", "shop.example", "https://shop.example/", "https://*.shop.example/x", "ftp://a"],
)
def test_what_is_no_origin_is_refused(origins: str) -> None:
    with pytest.raises(RasaException, match="not a web origin"):
        parse_origins(f"https://good.example, {origins}")


def test_origins_are_separated_by_commas() -> None:
    origins = "https://a.example, http://127.0.0.1:8000,,"
    assert parse_origins(origins) == ["https://a.example", "http://127.0.0.1:8000"]


def test_credentials_need_a_data_folder(tmp_path: Path) -> None:
    with pytest.raises(RasaException, match="credentials"):
        WebInput.from_credentials({"allowed_origins": ORIGIN})
    channel = WebInput.from_credentials({"data_dir": str(tmp_path), "allowed_origins": ""})
    assert channel.name() == "web"
    assert (tmp_path / "secrets" / "session.key").exists()
