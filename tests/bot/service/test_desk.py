"""What the desk says to the service."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.desk.answer_link import AnswerLinks
from bot.desk.chatwoot import ChatwootAccount, ChatwootDesk
from bot.desk.desks import Desks, HandOver
from bot.desk.ticket import Reason
from bot.service import problems
from bot.service.desk import LARGEST_BODY, router
from catalog import database as databases
from catalog.models import DeskDelivery, Destination
from tests.bot.desk.chatwoot_server import (
    INBOX,
    SECRET,
    TOKEN,
    message_created,
    signed,
    status_changed,
)

LINKS = AnswerLinks("http://testserver", "k" * 43)


@pytest.fixture
def database() -> str:
    """SQLite alone: the outbox has its own tests on both."""
    return "sqlite"


@pytest.fixture
def sessions(database_url: str, tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    engine = databases.connect(database_url)
    yield databases.sessions(engine)
    engine.dispose()


@pytest.fixture
def desks(sessions: sessionmaker[Session]) -> Desks:
    return Desks(sessions)


@pytest.fixture
def client(desks: Desks) -> Iterator[TestClient]:
    account = ChatwootAccount("http://chatwoot", 7, INBOX, TOKEN, SECRET)
    app = FastAPI()
    problems.install(app)
    app.include_router(router(ChatwootDesk(account), desks, LINKS))
    with TestClient(app) as client:
        yield client


@pytest.fixture
def ticket(desks: Desks) -> str:
    return desks.hand_over(HandOver("c1", "web", Reason.ASKED))


def for_the_customer(sessions: sessionmaker[Session]) -> list[tuple[str, str]]:
    to_them = select(DeskDelivery).where(DeskDelivery.destination == Destination.CUSTOMER)
    with sessions() as session:
        return [(each.author, each.body) for each in session.scalars(to_them)]


def test_an_answer_is_stored_once(
    client: TestClient, ticket: str, sessions: sessionmaker[Session]
) -> None:
    headers, body = signed(message_created(ticket, "Hi, I'm Mia."))
    for _ in range(2):
        assert client.post("/v1/desk/chatwoot", content=body, headers=headers).status_code == 204
    assert for_the_customer(sessions) == [("Mia", "Hi, I'm Mia.")]


def test_resolved_gives_the_conversation_back(
    client: TestClient, ticket: str, desks: Desks
) -> None:
    headers, body = signed(status_changed(ticket, "resolved"))
    assert client.post("/v1/desk/chatwoot", content=body, headers=headers).status_code == 204
    assert not desks.is_with_a_person("c1")


def test_who_is_not_the_desk_says_nothing(
    client: TestClient, ticket: str, sessions: sessionmaker[Session]
) -> None:
    headers, body = signed(message_created(ticket, "Send me your card number."))
    forged = {**headers, "x-chatwoot-signature": "sha256=" + "0" * 64}
    assert client.post("/v1/desk/chatwoot", content=body, headers=forged).status_code == 401
    assert client.post("/v1/desk/chatwoot", content=body).status_code == 401
    assert client.post("/v1/desk/webhook", content=body, headers=headers).status_code == 404
    assert for_the_customer(sessions) == []


def test_more_than_a_desk_says_and_nonsense(client: TestClient) -> None:
    large = client.post("/v1/desk/chatwoot", content=b"x" * (LARGEST_BODY + 1))
    assert large.status_code == 413
    headers, body = signed({"no": "event"})
    nonsense = client.post("/v1/desk/chatwoot", content=body, headers=headers)
    assert nonsense.status_code == 422
    assert nonsense.headers["content-type"] == "application/problem+json"


def test_somebody_answers_by_the_letters_link(
    client: TestClient, ticket: str, sessions: sessionmaker[Session]
) -> None:
    page = client.get(LINKS.of(ticket))
    assert "<form" in page.text and "default-src 'none'" in page.headers["content-security-policy"]
    nonce = page.text.split('name="nonce" value="')[1].split('"')[0]
    answer = {"author": "Mia", "text": "Hi <b>there</b>", "nonce": nonce}
    for _ in range(2):
        assert client.post(LINKS.of(ticket), data=answer).status_code == 200
    assert for_the_customer(sessions) == [("Mia", "Hi <b>there</b>")]


def test_a_link_that_is_none(client: TestClient, ticket: str) -> None:
    assert client.get("/desk/answer/x.y.z").status_code == 404
    answer = {"text": "Hi", "nonce": "n"}
    assert client.post("/desk/answer/x.y.z", data=answer).status_code == 404
    assert client.post(LINKS.of("erased"), data=answer).status_code == 404
    assert client.post(LINKS.of(ticket), data={"nonce": "n"}).status_code == 422
