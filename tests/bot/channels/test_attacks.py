"""Strangers and forgers in the chat: each is refused, leaves a line, and nobody's data in it."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest
import pytest_asyncio
from limits import RateLimitItemPerMinute
from rasa.core.channels.channel import UserMessage
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as answer

from bot.channels import guard, rate_limits
from bot.channels.identity_service import IdentityService
from bot.channels.rate_limits import RateLimits
from bot.channels.session import AUDIENCE, DEVICE_AUDIENCE, SessionIssuer
from bot.channels.speaker import NOT_BELIEVED, TOO_OFTEN, UNAVAILABLE
from bot.channels.turns import TOO_FAST
from bot.channels.web import WebInput
from tests.bot.channels.conftest import LeavesALine
from tests.bot.channels.harness import KEY, ORIGIN, Browser, Server, listening, serve, texts

asynchronous = pytest.mark.asyncio


class IdentityRoutes:
    """The service's private routes on loopback: `good` is Jane's token, everything else is none."""

    def __init__(self) -> None:
        self.known: set[tuple[str, str]] = set()
        self.keys: list[str | None] = []

    def bind(self, app: Sanic) -> None:
        app.add_route(self._identify, "/identity", methods=["POST"])
        app.add_route(self._of, "/identity/of", methods=["POST"])
        app.add_route(self._forget, "/identity/forget", methods=["POST"])

    async def _identify(self, request: Request) -> HTTPResponse:
        self.keys.append(request.headers.get("authorization"))
        if request.json["token"] != "good":
            return answer({"status": 403}, status=403)
        self.known.add(_speaker(request))
        return await self._of(request)

    async def _of(self, request: Request) -> HTTPResponse:
        is_known = _speaker(request) in self.known
        until = "2026-11-26T12:30:00+00:00" if is_known else None
        return answer({"until": until, "customer": "pseudonym" if is_known else None})

    async def _forget(self, request: Request) -> HTTPResponse:
        self.known.discard(_speaker(request))
        return answer({"forgotten": True})


def _speaker(request: Request) -> tuple[str, str]:
    return request.json["conversation"], request.json["device"]


@pytest_asyncio.fixture
async def routes() -> AsyncIterator[tuple[str, IdentityRoutes]]:
    routes = IdentityRoutes()
    app = Sanic(f"identity_{time.monotonic_ns()}", configure_logging=False)
    routes.bind(app)
    async with listening(app) as url:
        yield url, routes


@pytest_asyncio.fixture
async def shop(routes: tuple[str, IdentityRoutes]) -> AsyncIterator[Server]:
    """A chat whose customers can prove who they are."""
    service = IdentityService(routes[0], "the shop's key")
    channel = WebInput(SessionIssuer(KEY), [ORIGIN], turn_seconds=1, identities=service)
    async with serve(channel) as running:
        yield running


async def identify(browser: Browser, given: Any) -> Any:
    return await browser.client.call("identify", given, timeout=5)


def forged(audience: str = AUDIENCE, key: str = KEY, **changes: Any) -> str:
    now = int(time.time())
    claims = {"sub": "c" * 32, "aud": audience, "iat": now, "exp": now + 60, **changes}
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, key)


def unsigned(claims: dict[str, Any], algorithm: str = "none") -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": algorithm}, claims))
    return ".".join([*(base64.urlsafe_b64encode(p).rstrip(b"=").decode() for p in parts), ""])


@pytest.mark.parametrize(
    "token",
    [
        forged(key="x" * 64),
        forged(exp=1),
        forged(aud="another"),
        forged(aud=DEVICE_AUDIENCE, dev="d" * 32),
        forged(sub=None),
        unsigned({"sub": "c" * 32, "aud": AUDIENCE}),
        unsigned({"sub": "c" * 32, "aud": AUDIENCE}, "RS256"),
        "c" * 32,
        "x" * 5000,
        {"sub": "c" * 32},
        17,
    ],
)
@asynchronous
async def test_forged_tokens_of_a_conversation(
    server: Server, leaves_a_line: LeavesALine, token: Any
) -> None:
    browser = await server.open(token)
    assert server.conversation_of(browser) != "c" * 32
    assert browser.session["history"] == []
    assert f"refused: a token for {AUDIENCE}" in leaves_a_line()


@pytest.mark.parametrize(
    "event",
    [
        None,
        "hello",
        7,
        [],
        {},
        {"id": "m1"},
        {"text": "hello"},
        {"id": "../../m1", "text": "hello"},
        {"id": {"$ne": None}, "text": "hello"},
        {"id": "m1", "text": {"intent": "order_status"}},
        {"id": "m1", "text": ["/restart"]},
        {"id": "m" * 65, "text": "hello"},
        {"id": "m1", "text": b"hello"},
    ],
)
@asynchronous
async def test_malformed_events(server: Server, leaves_a_line: LeavesALine, event: Any) -> None:
    browser = await server.open()
    acknowledged = await browser.client.call("message", event, timeout=5)
    assert acknowledged["ok"] is False
    assert "Traceback" not in acknowledged["error"]
    assert server.agent.heard == []
    assert "malformed" in leaves_a_line()


@pytest.mark.parametrize(
    "text",
    [
        '/order_status{"order_number": "A1001", "order_email": "jane@example.com"}',
        '/inform{"order_number": "A1001"}',
        '/EXTERNAL: reminder{"x": 1}',
        "/restart",
        "/session_start",
        "/back",
        "\u200b/restart",
        "\u202e/restart",
        "\ufeff\n /restart",
        "／restart",
        "\x00/restart",
        "/" * 1000,
    ],
)
@asynchronous
async def test_injected_intents(server: Server, leaves_a_line: LeavesALine, text: str) -> None:
    browser = await server.open()
    [reply], _ = await browser.say(text)
    assert reply["text"] == guard.COMMAND
    assert server.agent.heard == []
    assert "refused: a message: a command" in leaves_a_line()


@pytest.mark.parametrize("text", ["", "\u202e\u200b", "x" * 1001])
@asynchronous
async def test_nothing_and_too_much(server: Server, leaves_a_line: LeavesALine, text: str) -> None:
    await (await server.open()).say(text)
    assert server.agent.heard == []
    assert "refused: a message" in leaves_a_line()


@pytest.mark.parametrize(
    "more",
    [
        {"payload": "/restart"},
        {"intent": {"name": "order_status", "confidence": 1.0}},
        {"entities": [{"entity": "order_number", "value": "A1001"}]},
        {"metadata": {"device": "d" * 32}},
        {"sender": "c" * 32},
        {"device": "d" * 32},
    ],
)
@asynchronous
async def test_what_stands_beside_the_text_is_not_read(server: Server, more: Any) -> None:
    """A button of one's own making, an entity, another's device: there is no field for it."""
    heard: list[UserMessage] = []

    async def hear(message: UserMessage) -> list[dict[str, Any]]:
        heard.append(message)
        return [{"text": "Yes?"}]

    server.agent.answer = hear
    browser = await server.open()
    await browser.client.emit("message", {"id": "m1", "text": "hello", **more})
    await browser.until("turn")
    [message] = heard
    assert (message.text, message.sender_id) == ("hello", server.conversation_of(browser))
    assert message.metadata == {"device": server.device_of(browser)}


@asynchronous
async def test_a_forged_button_is_a_command_that_is_refused(
    server: Server, leaves_a_line: LeavesALine
) -> None:
    """A button's payload is words that its customer could type: no more power, nothing to sign."""

    async def offer(_: UserMessage) -> list[dict[str, Any]]:
        return [{"text": "Yes?", "buttons": [{"title": "Go on", "payload": "/restart"}]}]

    server.agent.answer = offer
    browser = await server.open()
    [reply], _ = await browser.say("hello")
    assert reply["buttons"] == []
    [refused], _ = await browser.say("/restart")
    assert refused["text"] == guard.COMMAND
    leaves_a_line()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "{{7*7}} ${7*7} %(x)s {x}",
    ],
)
@asynchronous
async def test_markup_is_text(server: Server, text: str) -> None:
    """The protocol has plain text only, in and out; the widget's tests show that it stays so."""
    [reply], _ = await (await server.open()).say(text)
    assert reply["text"] == f"You said: {text}"


@asynchronous
async def test_a_card_number_is_never_heard_nor_remembered(server: Server) -> None:
    browser = await server.open()
    await browser.say("charge 4111 1111 1111 1111 please")
    assert server.agent.heard == ["charge [card] please"]
    again = await server.open(browser.session["token"])
    assert "4111" not in str(again.session["history"])


@asynchronous
async def test_who_took_over_a_conversation_is_not_its_customer(
    shop: Server, routes: tuple[str, IdentityRoutes]
) -> None:
    jane = await shop.open(auth={"identity": "good"})
    [told] = await jane.until("identity")
    assert told == {"verified": True, "until": "2026-11-26T12:30:00+00:00", "error": None}
    await jane.say("my secret")
    other = await shop.open(jane.session["token"])
    [told] = await other.until("identity")
    assert texts(other.session["history"])[0] == "my secret"
    assert not told["verified"]
    assert shop.device_of(other) != shop.device_of(jane)
    both = {"token": jane.session["token"], "device": jane.session["device"]}
    again = await shop.open(auth=both)
    assert (await again.until("identity"))[0]["verified"]
    assert routes[1].keys == ["Bearer the shop's key"]


@pytest.mark.parametrize("kind", ["another conversation's", "forged", "a conversation's", "huge"])
@asynchronous
async def test_a_device_of_ones_own_choice(
    shop: Server, leaves_a_line: LeavesALine, kind: str
) -> None:
    jane = await shop.open(auth={"identity": "good"})
    await jane.until("identity")
    mallory = await shop.open()
    device = {
        "another conversation's": mallory.session["device"],
        "forged": forged(
            DEVICE_AUDIENCE, "x" * 64, sub=shop.conversation_of(jane), dev=shop.device_of(jane)
        ),
        "a conversation's": jane.session["token"],
        "huge": "x" * 10_000,
    }[kind]
    taken = await shop.open(auth={"token": jane.session["token"], "device": device})
    [told] = await taken.until("identity")
    assert not told["verified"]
    leaves_a_line()


@pytest.mark.parametrize("token", ["bad", "", None, 7, {"sub": "c1"}, "x" * 5000, "\x00"])
@asynchronous
async def test_a_token_that_proves_nothing(
    shop: Server, leaves_a_line: LeavesALine, token: Any
) -> None:
    browser = await shop.open()
    assert await identify(browser, {"token": token}) == {"ok": False, "error": NOT_BELIEVED}
    [told] = await browser.until("identity")
    assert (told["verified"], told["error"]) == (False, NOT_BELIEVED)
    assert "a token of the shop's site" in leaves_a_line()


@pytest.mark.parametrize("given", [None, "good", ["good"], 7])
@asynchronous
async def test_a_malformed_proof(shop: Server, leaves_a_line: LeavesALine, given: Any) -> None:
    assert (await identify(await shop.open(), given))["ok"] is False
    assert "malformed" in leaves_a_line()


@asynchronous
async def test_who_logs_out_is_a_stranger(shop: Server) -> None:
    browser = await shop.open()
    assert await identify(browser, {"token": "good"}) == {"ok": True}
    assert await browser.client.call("forget", timeout=5) == {"ok": True}
    verified = [told["verified"] for told in await browser.until("identity", 2)]
    assert verified == [True, False]


@asynchronous
async def test_a_token_lands_in_no_tracker(shop: Server) -> None:
    browser = await shop.open(auth={"identity": "good"})
    await browser.say("hello")
    tracker = await shop.agent.tracker_store.retrieve(shop.conversation_of(browser))
    assert tracker is not None
    assert "good" not in json.dumps([event.as_dict() for event in tracker.events])


@asynchronous
async def test_tokens_are_not_tried_without_end(shop: Server, leaves_a_line: LeavesALine) -> None:
    browser = await shop.open()
    errors = [(await identify(browser, {"token": "bad"})).get("error") for _ in range(12)]
    assert errors == [NOT_BELIEVED] * 10 + [TOO_OFTEN] * 2
    assert "too many" in leaves_a_line()


@asynchronous
async def test_without_the_service_everybody_is_a_stranger() -> None:
    away = IdentityService("http://127.0.0.1:1", "key")
    async with serve(WebInput(SessionIssuer(KEY), [], identities=away)) as server:
        browser = await server.open()
        assert (await identify(browser, {"token": "good"}))["error"] == UNAVAILABLE
        assert (await browser.say("shoes"))[0]


@pytest.mark.parametrize(
    "limit", ["MESSAGES_OF_CONVERSATION", "MESSAGES_OF_ADDRESS", "MESSAGES_OF_CUSTOMER"]
)
@asynchronous
async def test_a_flood(
    shop: Server, monkeypatch: pytest.MonkeyPatch, leaves_a_line: LeavesALine, limit: str
) -> None:
    monkeypatch.setattr(rate_limits, limit, (RateLimitItemPerMinute(3),))
    browser = await shop.open(auth={"identity": "good"})
    await browser.until("identity")
    said = [texts((await browser.say("shoes"))[0])[0] for _ in range(5)]
    assert said == ["You said: shoes"] * 3 + [TOO_FAST] * 2
    assert len(shop.agent.heard) == 3
    assert "too many" in leaves_a_line()


@asynchronous
async def test_a_flood_of_connections(
    server: Server, monkeypatch: pytest.MonkeyPatch, leaves_a_line: LeavesALine
) -> None:
    monkeypatch.setattr(rate_limits, "CONNECTIONS_OF_ADDRESS", (RateLimitItemPerMinute(2),))
    await server.open()
    await server.open()
    with pytest.raises((asyncio.TimeoutError, ConnectionError)):
        await asyncio.wait_for(server.open(), 1)
    assert "a connection" in leaves_a_line()


@asynchronous
async def test_a_counter_that_is_away_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    limits = RateLimits("redis://127.0.0.1:1")
    assert await limits.allow("message", "c", RateLimitItemPerMinute(1))
    assert await limits.allow("message", "c", RateLimitItemPerMinute(1))
    assert "does not answer" in caplog.text
