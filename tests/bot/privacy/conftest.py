"""A shop, and the customers who have chatted with it."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from bot.attachments.attachments import Attachments
from bot.attachments.links import AttachmentLinks
from bot.desk.desks import Desks, HandOver
from bot.desk.ticket import Proof, Reason
from bot.identity.identities import Identities
from bot.identity.identity import Identity, Method
from bot.privacy.customer_data import CustomerData
from bot.settings import Settings
from catalog import database
from catalog.models import (
    ActOutcome,
    Behaviour,
    BehaviourKind,
    Customer,
    Notice,
    NoticeKind,
    Order,
    OrderAudit,
    OrderRefund,
    OrderRequest,
    OrderReturn,
    OrderStatus,
    RefundStatus,
    ReturnStatus,
    Satisfaction,
    SupportKind,
)
from tests.bot.privacy.tracker import EMAIL, LONG_AGO, Tracker, bot, user


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return database.sessions(engine)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", database_url=database_url, retention_days=30)


@pytest.fixture
def tracker(settings: Settings) -> Iterator[Tracker]:
    tracker = Tracker(settings.data_dir / "conversations.db")
    yield tracker
    tracker.engine.dispose()


@pytest.fixture
def data(settings: Settings, sessions: sessionmaker[Session]) -> CustomerData:
    return CustomerData.of(settings, sessions)


@pytest.fixture
def shop(sessions: sessionmaker[Session], tracker: Tracker) -> None:
    """Ada has an order, a letter to come, and conversations; so have others, who know of hers."""
    with sessions.begin() as session:
        for id, email in (("c-ada", EMAIL), ("c-bob", "bob@example.com")):
            session.add(Customer(id=id, email=email, name=id))
        session.flush()
        for number, customer in (("AB-1001", "c-ada"), ("AB-1002", "c-bob")):
            session.add(
                Order(
                    number=number,
                    customer_id=customer,
                    status=OrderStatus.PAID,
                    placed_at=LONG_AGO,
                    currency="USD",
                    total=Decimal(5),
                )
            )
        notices = [
            Notice(email=email, variant_id="v1", kind=NoticeKind.BACK_IN_STOCK)
            for email in ("Ada@example.com", "bob@example.com")
        ]
        session.add_all(notices)
        session.flush()
        notice = notices[0].id
    tracker.add("by-proof", user("hello"), bot("Your order AB-1001 is paid."))
    tracker.add("by-act", user("cancel it"), bot("Order AB-1001 is cancelled."))
    slot = {"event": "slot", "name": "shopping", "value": {"notices": [notice]}}
    tracker.add("stranger", user(f"order AB-1001, write to {EMAIL.upper()}"), slot)
    tracker.add("shared", user(f"I'm {EMAIL} and this is bob@example.com"))
    tracker.add("verified", user("hello"))
    tracker.add(
        "bobs",
        user(f"my order AB-1002, not AB-1001 of {EMAIL}"),
        bot("I couldn't find an order AB-1001 of yours. What is yours? It looks like AB-1001."),
        bot("Your order AB-1002 is paid."),
    )
    identities = Identities(sessions, timedelta(minutes=30))
    for conversation, email in (
        ("by-proof", EMAIL),
        ("bobs", "bob@example.com"),
        ("shared", EMAIL),
        ("shared", "bob@example.com"),  # at the same device
    ):
        identities.remember(conversation, "phone", Identity(None, email), Method.CODE, LONG_AGO)
    with sessions.begin() as session:
        for conversation, outcome in (("by-act", ActOutcome.DONE), ("bobs", ActOutcome.REFUSED)):
            act = OrderAudit(order_number="AB1001", act="cancel", outcome=outcome)
            act.verified_by, act.conversation_id = "code", conversation
            session.add(act)
            session.flush()
            for key, result in (("answered", "{}"), ("under way", None)):
                number = f"{conversation} {key}"
                request = OrderRequest(key=number, order_number=number, audit_id=act.id)
                request.started_at, request.result = LONG_AGO, result
                session.add(request)
        for number in ("AB-1001", "AB-1002"):
            sent_back = OrderReturn(number=f"{number}-R1", order_number=number)
            sent_back.status = ReturnStatus.REQUESTED
            refund = OrderRefund(order_number=number, amount=Decimal(5))
            refund.status = RefundStatus.PENDING
            session.add_all([sent_back, refund])
    files = Attachments(sessions, AttachmentLinks("https://shop.example", "a key for tests"))
    for conversation, order in (("by-act", "AB-1001"), ("bobs", "AB-1002")):
        files.invite(conversation, "phone", order)
        files.add(conversation, "phone", "m1", "bill.pdf", b"%PDF-1.7")
        files.keep(conversation, "phone", f"{order}-R1")
    desks = Desks(sessions)
    desks.hand_over(HandOver("verified", "web", Reason.ASKED, proof=Proof(EMAIL, "code")))
    desks.say("verified", "m1", "my secret")
    desks.hand_over(HandOver("bobs", "web", Reason.ASKED))
    with sessions.begin() as session:
        for conversation in ("verified", "bobs"):
            kind = SupportKind.PERSON
            session.add(Satisfaction(conversation_id=conversation, kind=kind, score=5))
            seen = Behaviour(event=BehaviourKind.CLICK, product_id="v1", query="tent", position=1)
            seen.conversation_id = conversation
            session.add(seen)
