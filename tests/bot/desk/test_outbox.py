"""Nothing is lost, nothing overtakes, and nothing is sent by two at once."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.conversation_id import messaging_id
from bot.desk import signing
from bot.desk.customer_channel import CustomerChannel
from bot.desk.desks import Desks, HandOver
from bot.desk.outbox import LEASE, Outbox
from bot.desk.port import PersonReply
from bot.desk.ticket import Proof, Reason
from bot.desk.webhook import WebhookDesk
from catalog.models import DeskDelivery, DeskTicket, HandOff
from tests.bot.desk.conftest import Clock
from tests.bot.desk.loopback import Answer, Asked, Loopback, serve
from tests.bot.desk.test_webhook import KEY
from tests.bot.desk.tickets import TRANSCRIPT

CONVERSATION = "c" * 32


def yes(asked: Asked) -> Answer:
    return Answer(204)


def no(asked: Asked) -> Answer:
    return Answer(503)


@pytest.fixture
def desk() -> Iterator[Loopback]:
    with serve(yes) as running:
        yield running


@pytest.fixture
def rasa() -> Iterator[Loopback]:
    with serve(yes) as running:
        yield running


@pytest.fixture
def outbox(sessions: sessionmaker[Session], desk: Loopback, rasa: Loopback, clock: Clock) -> Outbox:
    channel = CustomerChannel(rasa.url, "key")
    return Outbox(sessions, WebhookDesk(desk.url, KEY), channel, clock)


def handed_over(desks: Desks, conversation: str = CONVERSATION) -> str:
    proof = Proof("Ada@Example.com", "code")
    asked = HandOver(conversation, "web", Reason.ASKED, (), TRANSCRIPT, proof)
    return desks.hand_over(asked)


def texts(server: Loopback) -> list[str]:
    return [asked.json["data"].get("text", asked.json["type"]) for asked in server.asked]


def test_ticket_and_words_arrive_in_order(desks: Desks, outbox: Outbox, desk: Loopback) -> None:
    handed_over(desks)
    assert desks.say(CONVERSATION, "m1", "one")
    assert desks.say(CONVERSATION, "m2", "two")
    assert outbox.deliver_due() == 3
    assert texts(desk) == ["ticket.opened", "one", "two"]
    assert outbox.deliver_due() == 0


def test_a_desk_that_is_down_gets_all_of_it_later(
    desks: Desks, outbox: Outbox, desk: Loopback, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    desk.answer = no
    handed_over(desks)
    desks.say(CONVERSATION, "m1", "one")
    assert outbox.deliver_due() == 0
    assert len(desk.asked) == 1, "what is behind waits, and so does the next attempt"
    assert "ada@" not in caplog.text.lower()
    desk.answer = yes
    assert outbox.deliver_due() == 0
    clock.advance(2)
    assert outbox.deliver_due() == 2
    assert texts(desk) == ["ticket.opened", "ticket.opened", "one"]
    keys = [asked.headers["webhook-id"] for asked in desk.asked]
    assert keys[0] == keys[1], "the same key, so that the desk can tell"


def test_it_waits_longer_each_time_and_as_long_as_it_is_asked_to(
    desks: Desks, outbox: Outbox, desk: Loopback, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    desk.answer = no
    handed_over(desks)
    waits = []
    for _ in range(12):
        outbox.deliver_due()
        with sessions() as session:
            due = session.scalars(select(DeskDelivery.due_at)).one()
        waits.append((due - clock.now).total_seconds())
        clock.now = due
    assert waits[0] <= 2 < waits[3] < waits[6]
    assert max(waits) <= 900
    desk.answer = lambda asked: Answer(429, headers={"retry-after": "3600"})
    outbox.deliver_due()
    clock.advance(3599)
    assert outbox.deliver_due() == 0
    desk.answer = yes
    clock.advance(1)
    assert outbox.deliver_due() == 1


def test_one_customers_trouble_is_not_anothers(
    desks: Desks, outbox: Outbox, desk: Loopback
) -> None:
    handed_over(desks, "first")
    desk.answer = no
    outbox.deliver_due()
    handed_over(desks, "second")
    desk.answer = yes
    assert outbox.deliver_due() == 1
    assert desk.asked[-1].json["data"]["conversation"] == "second"


def test_what_a_dead_worker_had_is_sent_again(
    desks: Desks, outbox: Outbox, desk: Loopback, clock: Clock
) -> None:
    handed_over(desks)
    assert outbox._claim() is not None  # taken, and never heard of again
    assert outbox.deliver_due() == 0
    clock.advance(LEASE.total_seconds())
    assert outbox.deliver_due() == 1
    assert len(desk.asked) == 1


def test_two_workers_send_each_once(
    desks: Desks, sessions: sessionmaker[Session], desk: Loopback, rasa: Loopback, clock: Clock
) -> None:
    conversations = [f"c{number}" for number in range(8)]
    for conversation in conversations:
        handed_over(desks, conversation)
        for number in range(3):
            desks.say(conversation, f"m{number}", f"{conversation} {number}")
    workers = [
        Outbox(sessions, WebhookDesk(desk.url, KEY), CustomerChannel(rasa.url, "key"), clock)
        for _ in range(3)
    ]
    threads = [threading.Thread(target=worker.deliver_due) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keys = [signing.verify(KEY, asked.headers, asked.body) for asked in desk.asked]
    assert len(keys) == len(set(keys)) == 8 * 4
    for conversation in conversations:
        said = [text for text in texts(desk) if text.startswith(f"{conversation} ")]
        assert said == sorted(said)


def test_an_answer_reaches_the_chat(
    desks: Desks, outbox: Outbox, rasa: Loopback, clock: Clock
) -> None:
    ticket = handed_over(desks)
    outbox.deliver_due()
    reply = PersonReply("e1", ticket, "Mia", "Hello, I'm Mia.")
    assert desks.receive("webhook", reply)
    assert desks.receive("webhook", reply), "the desk may say it twice"
    assert desks.state(CONVERSATION) is HandOff.ANSWERED
    rasa.answer = no
    assert outbox.deliver_due() == 0
    rasa.answer = yes
    clock.advance(2)
    assert outbox.deliver_due() == 1
    first, again = rasa.asked
    assert first.json == again.json
    assert first.json["conversation"] == CONVERSATION
    assert (first.json["author"], first.json["text"]) == ("Mia", "Hello, I'm Mia.")
    assert first.headers["authorization"] == "Bearer key"
    assert first.path == "/webhooks/web/deliver"


def test_on_a_messaging_channel_it_goes_there(
    desks: Desks, outbox: Outbox, rasa: Loopback, clock: Clock
) -> None:
    ticket = handed_over(desks, messaging_id("c" * 24, "whatsapp"))
    assert desks.receive("webhook", PersonReply("e1", ticket, "Mia", "Hello, I'm Mia."))
    assert outbox.deliver_due() == 2
    assert [asked.path for asked in rasa.asked] == ["/webhooks/messaging/deliver"]


def test_a_conversation_that_is_gone_is_not_asked_for_again(
    desks: Desks, outbox: Outbox, rasa: Loopback, clock: Clock
) -> None:
    desks.receive("webhook", PersonReply("e1", handed_over(desks), "Mia", "Hello?"))
    rasa.answer = lambda asked: Answer(404)
    outbox.deliver_due()
    clock.advance(3600)
    outbox.deliver_due()
    assert len(rasa.asked) == 1


def test_erased_while_it_was_on_its_way(
    desks: Desks, outbox: Outbox, desk: Loopback, sessions: sessionmaker[Session]
) -> None:
    def erase(asked: Asked) -> Answer:
        with sessions.begin() as session:
            session.delete(session.scalars(select(DeskTicket)).one())
        return Answer(204)

    handed_over(desks)
    desk.answer = erase
    outbox.deliver_due()
    with sessions() as session:
        assert session.scalars(select(DeskDelivery)).all() == []
