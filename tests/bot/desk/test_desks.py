"""Who has the conversation."""

import threading

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.desk.desks import LONGEST_REPLY, Desks, HandOver
from bot.desk.port import HandedBack, PersonReply
from bot.desk.ticket import Proof, Reason
from catalog.models import DeskDelivery, DeskTicket, HandOff

ASKED = HandOver("c1", "web", Reason.ASKED)


def test_the_assistant_is_quiet_until_it_is_handed_back(desks: Desks) -> None:
    assert desks.state("c1") is None
    assert not desks.is_with_a_person("c1")
    ticket = desks.hand_over(ASKED)
    assert desks.is_with_a_person("c1") and not desks.is_with_a_person("c2")
    assert desks.state("c1") is HandOff.OPEN
    desks.receive("webhook", PersonReply("e1", ticket, "Mia", "Hi"))
    assert desks.state("c1") is HandOff.ANSWERED
    desks.receive("webhook", HandedBack("e2", ticket))
    assert not desks.is_with_a_person("c1")
    assert desks.state("c1") is HandOff.HANDED_BACK
    assert desks.hand_over(ASKED) != ticket
    assert desks.state("c1") is HandOff.OPEN


def test_asked_for_twice_it_is_one_ticket(desks: Desks) -> None:
    assert desks.hand_over(ASKED) == desks.hand_over(ASKED)


def test_asked_for_twice_at_once_it_is_one_ticket(
    desks: Desks, sessions: sessionmaker[Session]
) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(desks.hand_over(ASKED))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6 and len(set(found)) == 1
    with sessions() as session:
        assert len(session.scalars(select(DeskTicket)).all()) == 1


def test_the_customer_goes_back_and_the_desk_hears_of_it(
    desks: Desks, sessions: sessionmaker[Session]
) -> None:
    assert not desks.hand_back("c1")
    desks.hand_over(ASKED)
    assert desks.hand_back("c1")
    assert not desks.is_with_a_person("c1")
    with sessions() as session:
        kinds = session.scalars(select(DeskDelivery.kind).order_by(DeskDelivery.id)).all()
    assert [kind.value for kind in kinds] == ["open", "note"]


def test_words_go_to_the_person_once_and_only_while_there_is_one(
    desks: Desks, sessions: sessionmaker[Session]
) -> None:
    assert not desks.say("c1", "m1", "hello")
    desks.hand_over(ASKED)
    assert desks.say("c1", "m1", "hello")
    assert desks.say("c1", "m1", "hello")
    with sessions() as session:
        assert len(session.scalars(select(DeskDelivery)).all()) == 2


def test_a_late_answer_still_reaches_the_customer(
    desks: Desks, sessions: sessionmaker[Session]
) -> None:
    ticket = desks.hand_over(ASKED)
    desks.hand_back("c1")
    assert desks.receive("webhook", PersonReply("e1", ticket, "Mia", "x" * (LONGEST_REPLY + 1)))
    assert desks.state("c1") is HandOff.HANDED_BACK
    with sessions() as session:
        last = session.scalars(select(DeskDelivery).order_by(DeskDelivery.id.desc())).first()
    assert last is not None and len(last.body) == LONGEST_REPLY


def test_another_shops_ticket_is_nobodys(desks: Desks) -> None:
    assert not desks.receive("webhook", PersonReply("e1", "unknown", "Mia", "Hi"))


def test_an_address_is_kept_only_where_it_was_proved(
    desks: Desks, sessions: sessionmaker[Session]
) -> None:
    desks.hand_over(ASKED)
    desks.hand_over(HandOver("c2", "web", Reason.UPSET, proof=Proof("Ada@Example.com", "code")))
    with sessions() as session:
        tickets = session.scalars(select(DeskTicket).order_by(DeskTicket.conversation_id)).all()
        assert [(each.email, each.verified_by) for each in tickets] == [
            (None, None),
            ("ada@example.com", "code"),
        ]
