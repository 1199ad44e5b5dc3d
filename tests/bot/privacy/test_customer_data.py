"""What is kept of a customer: found, exported, erased, and forgotten in time."""

import json
from base64 import b64decode

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.privacy.customer_data import CustomerData
from bot.privacy.store import Table
from bot.privacy.stores import stores
from bot.settings import Settings
from catalog.models import (
    Attachment,
    AttachmentFolder,
    Base,
    DeskDelivery,
    DeskTicket,
    Notice,
    Satisfaction,
)
from tests.bot.privacy.tracker import EMAIL, Tracker, user


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("who", [EMAIL, "ADA@example.com ", "c-ada"])
def test_a_customer_is_found_by_address_and_by_id(data: CustomerData, who: str) -> None:
    subject = data.find(who)
    assert subject.emails == {EMAIL}
    assert subject.orders == {"AB-1001"}
    assert subject.conversations == {"by-proof", "by-act", "verified"}


OF_NO_CUSTOMER = {
    "products",
    "variants",
    "product_changes",
    "policies",
    "vouchers",
    "identity_attempts",  # by the hash of an address, for as long as tries are counted
}


def test_every_table_is_somebodys_or_nobodys(
    settings: Settings, sessions: sessionmaker[Session]
) -> None:
    known = {
        store.model.__tablename__
        for store in stores(settings, sessions)
        if isinstance(store, Table)
    }
    assert not known & OF_NO_CUSTOMER
    assert known | OF_NO_CUSTOMER == set(Base.metadata.tables), "give it a store, or say it is none"


@pytest.mark.usefixtures("shop")
def test_the_export_has_all_of_hers_and_nothing_of_anothers(data: CustomerData) -> None:
    found = data.export(EMAIL)
    only_mentioned = found.pop("only_mentioned")
    text = json.dumps(found)
    assert "bob" not in text and "AB-1002" not in text
    assert {each["conversation"] for each in found["conversations"]} == {
        "by-proof",
        "by-act",
        "verified",
    }
    counts = {name: len(each) for name, each in found.items() if name != "conversations"}
    assert counts == {
        "attachments": 1,
        "attachment_folders": 1,
        "identities": 2,
        "one_time_codes": 0,
        "channel_links": 0,
        "messaging_contacts": 0,
        "order_requests": 1,
        "order_audit": 1,
        "desk_messages": 2,
        "desk_tickets": 1,
        "satisfaction": 1,
        "behaviour": 1,
        "notices": 1,
        "customers": 1,
        "orders": 1,
        "order_lines": 0,
        "order_returns": 1,
        "order_return_lines": 0,
        "order_refunds": 1,
    }
    assert only_mentioned == ["bobs", "shared", "stranger"]
    assert "my secret" in text
    [picture] = found["attachments"]
    assert b64decode(picture["content"]).startswith(b"%PDF-")


@pytest.mark.usefixtures("shop")
def test_erased_is_all_but_what_the_law_keeps(
    data: CustomerData, tracker: Tracker, sessions: sessionmaker[Session]
) -> None:
    report = data.erase(EMAIL).to_json()
    kept = report["stores"]["orders"]
    assert (kept["found"], kept["erased"]) == (1, 0) and "law" in kept["kept_because"]
    assert report["stores"]["conversations"] == {"found": 5, "erased": 5}
    assert report["stores"]["order_audit"]["erased"] == 0
    assert report["stores"]["order_requests"] == {"found": 1, "erased": 1}
    assert report["stores"]["order_refunds"]["erased"] == 0
    assert report["stores"]["desk_messages"] == {"found": 2, "erased": 2}
    assert report["stores"]["attachments"] == {"found": 1, "erased": 1}
    assert report["only_mentioned"] == ["bobs", "shared", "stranger"]
    assert tracker.conversations == {"stranger", "shared", "bobs"}
    with sessions() as session:
        assert [e.conversation_id for e in session.scalars(select(DeskTicket))] == ["bobs"]
        assert len(session.scalars(select(DeskDelivery)).all()) == 1
        assert [e.conversation_id for e in session.scalars(select(Satisfaction))] == ["bobs"]
        assert [each.email for each in session.scalars(select(Notice))] == ["bob@example.com"]
        folders = session.scalars(select(AttachmentFolder)).all()
        assert [each.conversation_id for each in folders] == ["bobs"]
        assert len(session.scalars(select(Attachment)).all()) == 1
    again = data.erase(EMAIL).to_json()["stores"]
    kept_always = {"customers", "orders", "order_audit", "order_returns", "order_refunds"}
    assert {name for name, each in again.items() if each["found"]} == kept_always


@pytest.mark.usefixtures("shop")
def test_one_conversation_by_its_id(
    data: CustomerData, tracker: Tracker, sessions: sessionmaker[Session]
) -> None:
    report = data.erase("verified")
    assert report.stores["conversations"].erased == 1
    assert report.stores["desk_tickets"].erased == 1
    assert report.stores["customers"].found == 0
    assert "verified" not in tracker.conversations and "by-proof" in tracker.conversations


@pytest.mark.usefixtures("shop")
def test_a_deleted_conversation_takes_its_pictures_along(
    data: CustomerData, sessions: sessionmaker[Session]
) -> None:
    report = data.erase_conversation("by-act")
    assert report.stores["attachments"].erased == 1
    assert report.stores["attachment_folders"].erased == 1
    with sessions() as session:
        assert len(session.scalars(select(Attachment)).all()) == 1, "Bob's"


@pytest.mark.usefixtures("shop")
def test_the_words_are_gone_from_the_file_too(
    data: CustomerData, tracker: Tracker, settings: Settings
) -> None:
    tracker.add("x", user("unforgettable-words"))
    data.erase_conversation("x")
    with tracker.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"unforgettable-words" not in (settings.data_dir / "conversations.db").read_bytes()


@pytest.mark.parametrize("who", ["nobody@example.com", "%", "_", "' OR 1=1 --", "é@example.com"])
@pytest.mark.usefixtures("shop")
def test_nobody(data: CustomerData, tracker: Tracker, who: str) -> None:
    before = tracker.conversations
    assert all(each.found == 0 for each in data.erase(who).stores.values())
    assert tracker.conversations == before


def test_before_anybody_has_chatted(data: CustomerData) -> None:
    assert data.export(EMAIL)["conversations"] == []
    assert data.erase(EMAIL).stores["conversations"].found == 0
