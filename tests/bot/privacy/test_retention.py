"""What is old is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.attachments.attachments import Attachments
from bot.attachments.links import AttachmentLinks
from bot.desk.desks import Desks, HandOver
from bot.desk.ticket import Reason
from bot.privacy.customer_data import CustomerData
from bot.privacy.retention import Retention
from bot.settings import Settings
from catalog.models import (
    Attachment,
    ChannelLink,
    DeskTicket,
    OneTimeCode,
    OrderAudit,
    OrderRequest,
    ProvedIdentity,
)
from tests.bot.privacy.tracker import EMAIL, LONG_AGO, Tracker, user


def test_what_is_old_is_forgotten(
    settings: Settings, tracker: Tracker, sessions: sessionmaker[Session]
) -> None:
    now = datetime.now(UTC)
    tracker.add("old", user("hello"), at=now - timedelta(days=31))
    tracker.add("lively", user("hello"), at=now - timedelta(days=31))
    tracker.add("lively", user("hello again"), at=now)
    desks = Desks(sessions)
    desks.hand_over(HandOver("old", "web", Reason.ASKED))
    desks.hand_back("old")
    desks.hand_over(HandOver("lively", "web", Reason.ASKED))
    with sessions.begin() as session:
        for ticket in session.scalars(select(DeskTicket)):
            ticket.opened_at = now - timedelta(days=40)
            if ticket.closed_at is not None:
                ticket.closed_at = now - timedelta(days=31)
    files = Attachments(
        sessions,
        AttachmentLinks("https://shop.example", "a key for tests"),
        clock=lambda: now - timedelta(days=31),
    )
    files.invite("old", "phone", "AB-1001")
    files.add("old", "phone", "m1", "bill.pdf", b"%PDF-1.7")
    files.keep("old", "phone", "AB-1001-R1")
    pruned = Retention(settings, sessions).prune()
    assert pruned["conversations"] == 1
    assert pruned["attachment_folders"] == 1
    assert tracker.conversations == {"lively"}
    with sessions() as session:
        states = session.scalars(select(DeskTicket.conversation_id)).all()
        assert session.scalars(select(Attachment)).all() == []
    assert states == ["lively"], "as long as somebody has it"


@pytest.mark.usefixtures("shop")
def test_of_the_requests_to_act_only_those_under_way_stay(
    settings: Settings, sessions: sessionmaker[Session]
) -> None:
    assert Retention(settings, sessions).prune()["order_requests"] == 2
    with sessions() as session:
        keys = set(session.scalars(select(OrderRequest.key)))
        assert keys == {"by-act under way", "bobs under way"}
        assert len(session.scalars(select(OrderAudit)).all()) == 2


def test_without_a_time_all_is_kept(
    settings: Settings, tracker: Tracker, sessions: sessionmaker[Session]
) -> None:
    tracker.add("old", user("hello"), at=LONG_AGO)
    for_ever = settings.model_copy(update={"retention_days": 0})
    assert Retention(for_ever, sessions).prune() == {}
    assert tracker.conversations == {"old"}


def test_proofs_and_the_conversations_that_they_were_given_in_go_too(
    settings: Settings, sessions: sessionmaker[Session], tracker: Tracker
) -> None:
    now = datetime.now(UTC)
    with sessions.begin() as session:
        session.add(
            ProvedIdentity(
                conversation_id="proved",
                device_id="phone",
                email=EMAIL,
                method="code",
                verified_at=now,
                expires_at=now + timedelta(minutes=30),
            )
        )
        session.add(
            OneTimeCode(
                conversation_id="proved",
                device_id="phone",
                code_hash="",
                address_hash="",
                email=EMAIL,
                expires_at=now,
            )
        )
        session.add(
            ChannelLink(channel="sms", sender_id="1", email=EMAIL, method="code", linked_at=now)
        )
    tracker.add("proved", {"event": "user", "text": "where is it"})
    CustomerData.of(settings, sessions).erase(EMAIL)
    assert "proved" not in tracker.conversations
    with sessions() as session:
        for table in (ProvedIdentity, OneTimeCode, ChannelLink):
            assert session.scalars(select(table)).all() == []
