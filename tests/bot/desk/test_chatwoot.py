"""Chatwoot as the desk, against a server on loopback that speaks its documented JSON."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.desk.chatwoot import ChatwootAccount, ChatwootDesk
from bot.desk.port import (
    DeskNonsenseError,
    DeskRefusedError,
    DeskUnavailableError,
    ForgedEventError,
    HandedBack,
    MalformedEventError,
    PersonReply,
)
from bot.desk.ticket import Message
from tests.bot.desk.chatwoot_server import (
    INBOX,
    SECRET,
    TOKEN,
    ChatwootServer,
    message_created,
    signed,
    status_changed,
)
from tests.bot.desk.loopback import Answer, Loopback, serve
from tests.bot.desk.tickets import ticket


@pytest.fixture
def chatwoot() -> ChatwootServer:
    return ChatwootServer()


@pytest.fixture
def server(chatwoot: ChatwootServer) -> Iterator[Loopback]:
    with serve(chatwoot.answer) as running:
        yield running


def desk_at(url: str, token: str = TOKEN) -> ChatwootDesk:
    return ChatwootDesk(ChatwootAccount(url, 7, INBOX, token, SECRET))


def test_a_ticket_is_a_conversation_that_calls_a_person(
    chatwoot: ChatwootServer, server: Loopback
) -> None:
    assert desk_at(server.url).open(ticket(), "k:open") == "100"
    (contact,) = chatwoot.contacts.values()
    assert contact["email"] == "ada@example.com"
    (_, note), (_, said) = chatwoot.messages
    assert note["private"] is True
    assert "AB-1001" in note["content"] and "ada@example.com (verified by: code)" in note["content"]
    assert (said["content"], said["message_type"]) == ("let me talk to somebody", "incoming")
    assert chatwoot.statuses == {100: "open"}


def test_nobody_proved_an_address_and_none_is_given(
    chatwoot: ChatwootServer, server: Loopback
) -> None:
    desk_at(server.url).open(ticket(proof=None), "k:open")
    assert "email" not in next(iter(chatwoot.contacts.values()))


def test_opened_again_it_is_the_same_conversation(
    chatwoot: ChatwootServer, server: Loopback
) -> None:
    desk = desk_at(server.url)
    assert desk.open(ticket(), "k:open") == desk.open(ticket(), "k:open")
    assert len(chatwoot.conversations) == 1


def test_later_words_are_the_customers_and_notes_are_private(
    chatwoot: ChatwootServer, server: Loopback
) -> None:
    desk = desk_at(server.url)
    id = desk.open(ticket(), "k:open")
    desk.append(ticket(), id, Message("k:1", "hello?"))
    desk.append(ticket(), id, Message("k:2", "went back", is_note=True))
    hello, note = (message for _, message in chatwoot.messages[-2:])
    assert (hello["content"], hello["message_type"]) == ("hello?", "incoming")
    assert note["private"] is True


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(503), DeskUnavailableError),
        (Answer(429, headers={"retry-after": "7"}), DeskUnavailableError),
        (Answer(401), DeskRefusedError),
        (Answer(404), DeskRefusedError),
        (Answer(200, b"<html>"), DeskNonsenseError),
        (Answer(200, b'{"ok": true}'), DeskNonsenseError),
    ],
)
def test_what_goes_wrong_has_a_name_and_no_personal_data(
    answer: Answer, error: type[Exception]
) -> None:
    with serve(lambda asked: answer) as server, pytest.raises(error) as raised:
        desk_at(server.url).open(ticket(), "k:open")
    assert "ada" not in str(raised.value)


def test_it_says_when_to_come_again() -> None:
    busy = Answer(429, headers={"retry-after": "7"})
    with serve(lambda asked: busy) as server, pytest.raises(DeskUnavailableError) as raised:
        desk_at(server.url).open(ticket(), "k:open")
    assert raised.value.retry_after == 7


def test_nobody_there() -> None:
    with pytest.raises(DeskUnavailableError):
        desk_at("http://127.0.0.1:9").open(ticket(), "k:open")


def test_a_wrong_token_is_refused(server: Loopback) -> None:
    with pytest.raises(DeskRefusedError):
        desk_at(server.url, "wrong").open(ticket(), "k:open")


def read(event: dict[str, Any]) -> object:
    headers, body = signed(event)
    return desk_at("http://chatwoot").read(headers, {}, body)


def test_a_persons_words_are_for_the_customer() -> None:
    reply = PersonReply("message:41", "t1", "Mia", "I'll look into it.")
    assert read(message_created("t1", "I'll look into it.")) == reply


@pytest.mark.parametrize(
    "changes",
    [
        {"private": True},
        {"message_type": "incoming"},
        {"message_type": "activity"},
        {"sender": {"id": 1, "name": "Aisle", "type": "agent_bot"}},
        {"content": None},
    ],
)
def test_notes_echoes_and_our_own_words_are_not(changes: dict[str, Any]) -> None:
    assert read(message_created("t1", "hm", **changes)) is None


def test_resolved_is_handed_back() -> None:
    assert isinstance(read(status_changed("t1", "resolved")), HandedBack)
    assert read(status_changed("t1", "snoozed")) is None
    assert read({"event": "contact_updated"}) is None


def test_a_server_that_signs_nothing_shows_the_token() -> None:
    body = json.dumps(message_created("t1", "hi")).encode()
    assert desk_at("http://chatwoot").read({}, {"token": SECRET}, body) is not None


@pytest.mark.parametrize("query", [{}, {"token": ""}, {"token": "guess"}, {"token": "é"}])
def test_without_signature_or_token_it_is_forged(query: dict[str, str]) -> None:
    with pytest.raises(ForgedEventError):
        desk_at("http://chatwoot").read({}, query, b"{}")


def test_a_wrong_signature_is_not_saved_by_a_token() -> None:
    headers, body = signed(message_created("t1", "hi"))
    with pytest.raises(ForgedEventError):
        desk_at("http://chatwoot").read(headers, {"token": SECRET}, body + b" ")


def test_what_was_recorded_is_useless_later() -> None:
    headers, body = signed(message_created("t1", "hi"), at=time.time() - 600)
    with pytest.raises(ForgedEventError):
        desk_at("http://chatwoot").read(headers, {}, body)


@pytest.mark.parametrize("event", [{}, {"event": "message_created"}, {"event": None, "id": 1}])
def test_an_event_of_another_shape(event: dict[str, Any]) -> None:
    if event.get("event", "") is None:
        assert read(event) is None
        return
    with pytest.raises(MalformedEventError):
        read(event)
