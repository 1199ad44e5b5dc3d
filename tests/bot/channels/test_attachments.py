"""Files over HTTP, beside the socket: whose they are, and who is kept away from them."""

import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from limits import RateLimitItemPerMinute
from rasa.core.channels.channel import UserMessage
from rasa.server import configure_cors
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from bot.channels import attachments, rate_limits
from bot.channels.attachment_service import UNAVAILABLE
from bot.channels.chat import UNKNOWN_FILE
from bot.channels.session import SessionIssuer
from bot.channels.web import WebInput
from tests.bot.channels.conftest import LeavesALine
from tests.bot.channels.harness import KEY, ORIGIN, Browser, Responses, Server, listening, serve
from tests.bot.channels.test_attacks import forged

asynchronous = pytest.mark.asyncio
FILE = {"id": "f" * 32, "name": "crack.jpg", "media_type": "image/jpeg"}
MINE = "my secret picture"


class UploadRoutes:
    """The service's private routes on loopback."""

    def __init__(self) -> None:
        self.came: list[dict[str, Any]] = []
        self.refusal: HTTPResponse | None = None
        self.expected: HTTPResponse | None = None

    def bind(self, app: Sanic) -> None:
        app.add_route(self._expects, "/uploads", methods=["GET"])
        app.add_route(self._add, "/uploads", methods=["POST"])
        app.add_route(self._preview, "/uploads/<id:str>/preview", methods=["GET"])
        app.add_route(self._remove, "/uploads/<id:str>", methods=["DELETE"])

    async def _expects(self, request: Request) -> HTTPResponse:
        return self.expected or json({"max_bytes": 1000})

    async def _add(self, request: Request) -> HTTPResponse:
        names = ("authorization", "aisle-conversation", "aisle-device", "aisle-message")
        sent = {name: request.headers.get(name) for name in (*names, "aisle-file-name")}
        self.came.append({**sent, "body": request.body})
        return self.refusal or json(FILE, status=201)

    async def _preview(self, request: Request, id: str) -> HTTPResponse:
        if id != FILE["id"]:
            return json({"detail": "There is no such picture."}, status=404)
        return self.refusal or raw(b"small", content_type="image/jpeg")

    async def _remove(self, request: Request, id: str) -> HTTPResponse:
        self.came.append({"removed": id, "aisle-device": request.headers.get("aisle-device")})
        return self.refusal or HTTPResponse(status=204)


@pytest_asyncio.fixture
async def routes() -> AsyncIterator[tuple[str, UploadRoutes]]:
    routes = UploadRoutes()
    app = Sanic(f"uploads_{time.monotonic_ns()}", configure_logging=False)
    routes.bind(app)
    async with listening(app) as url:
        yield url, routes


@pytest_asyncio.fixture
async def shop(routes: tuple[str, UploadRoutes]) -> AsyncIterator[Server]:
    channel = WebInput(
        SessionIssuer(KEY), [ORIGIN], turn_seconds=1, service_url=routes[0], service_key="the key"
    )
    async with serve(channel) as running:
        yield running


@pytest_asyncio.fixture
async def http(shop: Server) -> AsyncIterator[ClientSession]:
    async with ClientSession(f"{shop.url}") as session:
        yield session


def headers(browser: Browser, message: str = "m1", **more: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {browser.session['token']}",
        "Aisle-Device": browser.session["device"],
        "Aisle-Message": message,
        "Aisle-File-Name": "my%20secret.jpg",
        **more,
    }


async def upload(http: ClientSession, sent: dict[str, str], data: bytes = b"x") -> tuple[int, Any]:
    async with http.post("/webhooks/web/attachments", data=data, headers=sent) as answer:
        return answer.status, await answer.json()


@asynchronous
async def test_a_file_is_taken_and_then_brought_by_a_message(
    shop: Server, http: ClientSession, routes: tuple[str, UploadRoutes]
) -> None:
    heard: list[UserMessage] = []

    async def answer(message: UserMessage) -> Responses:
        heard.append(message)
        return [{"text": "Thank you."}]

    shop.agent.answer = answer
    browser = await shop.open(auth={"files": True})
    status, taken = await upload(http, headers(browser), MINE.encode())
    assert status == 201
    assert {name: taken[name] for name in FILE} == FILE
    assert routes[1].came == [
        {
            "authorization": "Bearer the key",
            "aisle-conversation": shop.conversation_of(browser),
            "aisle-device": shop.device_of(browser),
            "aisle-message": "m1",
            "aisle-file-name": "my%20secret.jpg",
            "body": MINE.encode(),
        }
    ]

    other = await shop.open(browser.session["token"])
    sent = {"id": "m1", "text": "ignored", "attachment": taken["token"]}
    assert await browser.client.call("message", sent, timeout=5) == {"ok": True}
    await browser.until("turn")
    [message] = heard
    assert message.text == "Here's a photo."
    device = shop.device_of(browser)
    assert message.metadata == {"device": device, "takes_files": True, "attachment": FILE}
    assert other.of("customer") == [{"id": "m1", "text": "Here's a photo.", "attachment": FILE}]

    again = await shop.open(browser.session["token"])
    assert again.session["history"][0]["attachment"] == FILE


@asynchronous
async def test_a_client_that_says_nothing_of_files_is_not_asked_for_any(shop: Server) -> None:
    heard: list[UserMessage] = []

    async def answer(message: UserMessage) -> Responses:
        heard.append(message)
        return [{"text": "Hello."}]

    shop.agent.answer = answer
    for auth in ({}, {"files": "yes"}, {"files": False}):
        browser = await shop.open(auth=auth)
        await browser.say("hello")
    assert [set(each.metadata or {}) for each in heard] == [{"device"}] * 3


@asynchronous
async def test_a_picture_is_shown_small_and_taken_back(
    shop: Server, http: ClientSession, routes: tuple[str, UploadRoutes]
) -> None:
    browser = await shop.open()
    path = f"/webhooks/web/attachments/{FILE['id']}"
    async with http.get(path, headers=headers(browser)) as answer:
        assert (answer.status, await answer.read()) == (200, b"small")
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    routes[1].refusal = HTTPResponse(status=204)
    async with http.get(path, headers=headers(browser)) as answer:
        assert (answer.status, await answer.read()) == (204, b""), "a paper has none"
    async with http.delete(path, headers=headers(browser)) as answer:
        assert answer.status == 204
    assert routes[1].came == [{"removed": FILE["id"], "aisle-device": shop.device_of(browser)}]


@pytest.mark.parametrize(
    "change",
    [
        {"Authorization": ""},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer guess"},
        {"Authorization": f"Bearer {forged(key='x' * 64)}"},
        {"Authorization": f"Bearer {forged(exp=1)}"},
        {"Origin": "https://evil.example"},
    ],
    ids=["nothing", "empty", "guess", "another key", "expired", "a foreign page"],
)
@asynchronous
async def test_without_a_conversations_token_nothing_is_taken_or_shown(
    shop: Server,
    http: ClientSession,
    routes: tuple[str, UploadRoutes],
    leaves_a_line: LeavesALine,
    change: dict[str, str],
) -> None:
    sent = {**headers(await shop.open()), **change}
    status, answer = await upload(http, sent, MINE.encode())
    assert (status, answer) == (401, {"error": attachments.FOREIGN})
    path = f"/webhooks/web/attachments/{FILE['id']}"
    for method in ("GET", "DELETE"):
        async with http.request(method, path, headers=sent) as refused:
            assert refused.status == 401
            assert "access-control-allow-origin" not in refused.headers
    assert routes[1].came == []
    assert leaves_a_line().count("refused: a file: ") == 3


@asynchronous
async def test_a_device_of_another_conversation_takes_nothing(
    shop: Server, http: ClientSession, leaves_a_line: LeavesALine
) -> None:
    jane, mallory = await shop.open(), await shop.open()
    stolen = {**headers(jane), "Aisle-Device": mallory.session["device"]}
    assert (await upload(http, stolen))[0] == 422
    assert "of another conversation" in leaves_a_line()


@asynchronous
async def test_a_message_brings_no_file_of_another_conversation(
    shop: Server, http: ClientSession, leaves_a_line: LeavesALine
) -> None:
    jane, mallory = await shop.open(), await shop.open()
    _, taken = await upload(http, headers(jane))
    for token in (taken["token"], "guess", jane.session["token"], FILE, 7):
        sent = {"id": "m1", "text": "", "attachment": token}
        refused = await mallory.client.call("message", sent, timeout=5)
        assert refused == {"ok": False, "error": UNKNOWN_FILE}
    assert shop.agent.heard == []
    assert leaves_a_line().count("refused: ") == 5


@asynchronous
async def test_a_flood_of_files_is_stopped(
    shop: Server,
    http: ClientSession,
    routes: tuple[str, UploadRoutes],
    leaves_a_line: LeavesALine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rate_limits, "UPLOADS_OF_CONVERSATION", (RateLimitItemPerMinute(2),))
    browser = await shop.open()
    statuses = [(await upload(http, headers(browser, f"m{n}")))[0] for n in range(4)]
    assert statuses == [201, 201, 429, 429]
    assert len(routes[1].came) == 2
    assert "too many" in leaves_a_line()


@asynchronous
async def test_what_is_far_too_large_is_not_read_to_its_end(
    shop: Server,
    http: ClientSession,
    routes: tuple[str, UploadRoutes],
    leaves_a_line: LeavesALine,
) -> None:
    status, answer = await upload(http, headers(await shop.open()), b"x" * 200_000)
    assert (status, answer) == (413, {"error": attachments.TOO_LARGE})
    assert routes[1].came == []
    assert "too large" in leaves_a_line()


@asynchronous
async def test_a_file_that_nobody_asked_for_is_not_read(
    shop: Server, http: ClientSession, routes: tuple[str, UploadRoutes]
) -> None:
    for refusal, status, said in (
        (json({"detail": "Nobody asked."}, status=403), 403, "Nobody asked."),
        (json({"max_bytes": "many"}), 503, UNAVAILABLE),
    ):
        routes[1].expected = refusal
        answer = await upload(http, headers(await shop.open()), b"x" * 200_000)
        assert answer == (status, {"error": said})
    assert routes[1].came == []


@asynchronous
async def test_a_long_name_in_any_script_is_brought_by_its_message(
    shop: Server, http: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FILE, "name", "🫖" * 96 + ".jpg")
    browser = await shop.open()
    _, taken = await upload(http, headers(browser))
    sent = {"id": "m1", "attachment": taken["token"]}
    assert await browser.client.call("message", sent, timeout=5) == {"ok": True}


@pytest.mark.parametrize("id", ["x", "..%2F..%2Fsecrets", "f" * 33, "f" * 31 + "%00"])
@asynchronous
async def test_a_guessed_id_is_none(
    shop: Server, http: ClientSession, leaves_a_line: LeavesALine, id: str
) -> None:
    sent = headers(await shop.open())
    for method in ("GET", "DELETE"):
        async with http.request(method, f"/webhooks/web/attachments/{id}", headers=sent) as answer:
            assert answer.status == 404
    async with http.get(f"/webhooks/web/attachments/{'g' * 32}", headers=sent) as answer:
        assert answer.status == 404
    leaves_a_line()


@pytest.mark.parametrize(("change", "status"), [({"Aisle-Message": "../m"}, 422), ({}, 201)])
@asynchronous
async def test_a_file_names_its_message(
    shop: Server, http: ClientSession, change: dict[str, str], status: int
) -> None:
    sent = {**headers(await shop.open()), **change}
    assert (await upload(http, sent))[0] == status


@asynchronous
async def test_the_services_refusal_reaches_the_customer_in_its_words(
    shop: Server, http: ClientSession, routes: tuple[str, UploadRoutes]
) -> None:
    routes[1].refusal = json({"detail": "No picture."}, status=415)
    sent = headers(await shop.open())
    assert await upload(http, sent) == (415, {"error": "No picture."})
    routes[1].refusal = json({"detail": "a secret of the server's"}, status=500)
    assert await upload(http, sent) == (503, {"error": UNAVAILABLE})


@asynchronous
async def test_a_shop_whose_service_is_away_says_so() -> None:
    for url in ("", "http://127.0.0.1:9"):
        channel = WebInput(SessionIssuer(KEY), [ORIGIN], service_url=url, service_key="k")
        async with serve(channel) as shop, ClientSession(shop.url) as http:
            sent = headers(await shop.open())
            assert await upload(http, sent) == (503, {"error": UNAVAILABLE})


@asynchronous
async def test_pages_of_the_shops_own_origins_may_send(routes: tuple[str, UploadRoutes]) -> None:
    """Beside Rasa's own rules for origins, which answer the same requests."""
    channel = WebInput(SessionIssuer(KEY), [ORIGIN], service_url=routes[0], service_key="k")
    async with serve(channel, prepare=configure_cors) as shop, ClientSession(shop.url) as http:
        browser = await shop.open()
        asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x"}
        for origin, allowed in ((ORIGIN, ORIGIN), ("https://evil.example", None)):
            for path in ("", f"/{FILE['id']}"):
                url, sent = f"/webhooks/web/attachments{path}", {**asks, "Origin": origin}
                async with http.options(url, headers=sent) as answer:
                    assert answer.headers.get("access-control-allow-origin") == allowed
                    names = answer.headers.get("access-control-allow-headers", "")
                    assert ("Aisle-File-Name" in names) is bool(allowed)
        url = "/webhooks/web/attachments"
        async with http.post(url, data=b"x", headers=headers(browser, Origin=ORIGIN)) as answer:
            assert answer.status == 201
            assert answer.headers["access-control-allow-origin"] == ORIGIN
