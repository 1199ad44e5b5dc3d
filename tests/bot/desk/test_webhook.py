"""Signed webhooks, both ways."""

import json
import time
from typing import Any

import pytest

from bot.desk import signing
from bot.desk.port import (
    DeskUnavailableError,
    ForgedEventError,
    HandedBack,
    MalformedEventError,
    PersonReply,
)
from bot.desk.ticket import Message
from bot.desk.webhook import WebhookDesk
from tests.bot.desk.loopback import Answer, serve
from tests.bot.desk.tickets import ticket

KEY = signing.signing_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")


def test_the_example_of_the_specification() -> None:
    body = b'{"test": 2432232314}'
    signature = signing.sign(KEY, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "not base64!"])
def test_a_key_that_is_none(secret: str) -> None:
    with pytest.raises(signing.SigningKeyError):
        signing.signing_key(secret)


def test_a_ticket_and_what_follows_are_signed() -> None:
    with serve(lambda asked: Answer(200, b"thanks")) as server:
        desk = WebhookDesk(f"{server.url}/tickets", KEY)
        id = desk.open(ticket(), "k:open")
        desk.append(ticket(), id, Message("k:1", "hello?"))
        desk.append(ticket(), id, Message("k:2", "left", is_note=True))
    opened, said, note = server.asked
    for asked, key in ((opened, "k:open"), (said, "k:1"), (note, "k:2")):
        assert signing.verify(KEY, asked.headers, asked.body) == key
    data = opened.json["data"]
    assert data["customer"] == {"email": "ada@example.com", "verified_by": "code"}
    assert data["summary"] == [{"name": "Order", "value": "AB-1001"}]
    assert [line["speaker"] for line in data["transcript"]][-1] == "customer"
    assert said.json == {"type": "ticket.message", "data": {"ticket": "t" * 32, "text": "hello?"}}
    assert note.json["type"] == "ticket.note"


def test_down_is_unavailable() -> None:
    with serve(lambda asked: Answer(502)) as server, pytest.raises(DeskUnavailableError):
        WebhookDesk(server.url, KEY).open(ticket(), "k:open")


def read(event: Any, **changes: str) -> object:
    body = json.dumps(event).encode()
    headers = {**signing.headers(KEY, "e1", body), **changes}
    return WebhookDesk("http://desk", KEY).read(headers, {}, body)


def test_answers_and_the_end() -> None:
    said = {"type": "ticket.replied", "data": {"ticket": "t1", "text": "Hi", "author": "Mia"}}
    assert read(said) == PersonReply("e1", "t1", "Mia", "Hi")
    assert read({"type": "ticket.closed", "data": {"ticket": "t1"}}) == HandedBack("e1", "t1")
    assert read({"type": "ticket.seen", "data": {"ticket": "t1"}}) is None


def test_one_of_several_signatures_is_enough_while_keys_change() -> None:
    event = {"type": "ticket.closed", "data": {"ticket": "t1"}}
    own = signing.headers(KEY, "e1", json.dumps(event).encode())["webhook-signature"]
    assert read(event, **{"webhook-signature": f"v1,b2xk {own}"}) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-signature": "v1,Zm9yZ2Vk"},
        {"webhook-signature": ""},
        {"webhook-signature": "é"},
        {"webhook-id": "e2"},
        {"webhook-id": ""},
        {"webhook-timestamp": str(int(time.time()) - 301)},
        {"webhook-timestamp": "now"},
        {"webhook-timestamp": "²"},
        {"webhook-timestamp": "9" * 400},
    ],
)
def test_forged_or_old(changes: dict[str, str]) -> None:
    with pytest.raises(ForgedEventError):
        read({"type": "ticket.closed", "data": {"ticket": "t1"}}, **changes)


@pytest.mark.parametrize("event", [[], {}, {"type": "ticket.replied", "data": {"ticket": "t"}}, 7])
def test_malformed(event: Any) -> None:
    with pytest.raises(MalformedEventError):
        read(event)
