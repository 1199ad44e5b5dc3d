"""One customer on two channels."""

import json
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.actions.context import ActionContext
from bot.actions.support.privacy import SignOut
from bot.actions.turn import Turn
from bot.conversation_id import messaging_id
from bot.identity.channel_links import ChannelLinks
from bot.identity.identity import Identity
from bot.privacy.conversations import ConversationStore
from bot.shopping.cart import Cart
from bot.shopping.state import SLOT, ShoppingState
from bot.support.continuing import Continuing, brought
from catalog.models import ProvedIdentity
from tests.bot.actions.orders.person import JANE, Person
from tests.bot.conftest import Letters

WHATSAPP, TELEGRAM = messaging_id("w" * 24, "whatsapp"), messaging_id("t" * 24, "telegram")
WEB = "c" * 32
LEFT = ShoppingState(
    text="runner",
    shown=("runner-red-9", "boot"),
    cart=Cart().with_more("boot", 2, "Fell Boot"),
    saved=("runner-red-9",),
)


class Tracker:
    """Rasa's tracker store, as far as slots go."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(
                "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255), "
                "type_name VARCHAR(255), timestamp FLOAT, data TEXT)"
            )

    def keep(self, conversation: str, state: ShoppingState) -> None:
        event = {"event": "slot", "name": SLOT, "value": state.to_slot()}
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(
                "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, ?, ?, ?)",
                (conversation, "slot", time.time(), json.dumps(event)),
            )


@pytest.fixture
def tracker(tmp_path: Path) -> Tracker:
    return Tracker(tmp_path / "conversations.db")


@pytest.fixture
def linked(context: ActionContext, tracker: Tracker) -> ActionContext:
    store = ConversationStore(make_url(f"sqlite:///{tracker.path}"))
    links = ChannelLinks(context.sessions)
    continuing = Continuing(context.sessions, context.identities, links, store)
    return replace(context, continuing=continuing)


def proves(person: Person, letters: Letters) -> str:
    person.says("where is A1001, jane@example.com", "order_status")
    return person.hears(letters.code())


def test_after_a_proof_they_go_on_where_they_were(
    linked: ActionContext, tracker: Tracker, letters: Letters
) -> None:
    Person(linked, "tab", WEB).is_verified()
    tracker.keep(WEB, LEFT)
    phone = Person(linked, "phone", WHATSAPP)
    told = proves(phone, letters)
    assert "Welcome back" in told and "your cart" in told
    assert "on its way" in told
    assert phone.state.cart == LEFT.cart
    assert (phone.state.text, phone.state.shown) == (LEFT.text, LEFT.shown)


def test_a_search_alone_comes_along_in_silence(
    linked: ActionContext, tracker: Tracker, letters: Letters
) -> None:
    Person(linked, "tab", WEB).is_verified()
    tracker.keep(WEB, replace(LEFT, cart=Cart(), saved=()))
    phone = Person(linked, "phone", WHATSAPP)
    assert "Welcome back" not in proves(phone, letters)
    assert (phone.state.text, phone.state.shown) == (LEFT.text, LEFT.shown)


def test_a_wish_list_is_spoken_of(
    linked: ActionContext, tracker: Tracker, letters: Letters
) -> None:
    Person(linked, "tab", WEB).is_verified()
    tracker.keep(WEB, replace(LEFT, cart=Cart()))
    assert "your wish list" in proves(Person(linked, "phone", WHATSAPP), letters)


def test_nothing_is_told_or_brought_before_the_proof(
    linked: ActionContext, tracker: Tracker, letters: Letters
) -> None:
    Person(linked, "tab", WEB).is_verified()
    tracker.keep(WEB, LEFT)
    phone = Person(linked, "phone", WHATSAPP)
    phone.says("where is A1001, jane@example.com", "order_status")
    letters.code()
    assert "isn't the code" in phone.hears("000000")
    assert phone.state.cart == Cart()


def test_what_is_anothers_stays_there(
    linked: ActionContext, tracker: Tracker, letters: Letters
) -> None:
    Person(linked, "tab", WEB).is_verified(Identity("c2", "joe@example.com"))
    tracker.keep(WEB, LEFT)
    phone = Person(linked, "phone", WHATSAPP)
    assert "Welcome back" not in proves(phone, letters)
    assert phone.state.cart == Cart()


def test_a_second_messaging_channel_goes_on_with_the_first(
    linked: ActionContext, tracker: Tracker, letters: Letters
) -> None:
    first = Person(linked, "phone", WHATSAPP)
    proves(first, letters)
    tracker.keep(WHATSAPP, LEFT)
    _forget_proofs(linked)
    letters.sent.clear()
    second = Person(linked, "phone", TELEGRAM)
    assert "Welcome back" in proves(second, letters)
    assert second.state.cart == LEFT.cart


def test_a_linked_sender_is_known_again_for_reading_alone(
    linked: ActionContext, letters: Letters
) -> None:
    phone = Person(linked, "phone", WHATSAPP)
    proves(phone, letters)
    _forget_proofs(linked)
    assert "on its way" in phone.hears("where is A1001", "order_status")
    letters.sent.clear()
    assert "code" in phone.hears("cancel A1002", "cancel_order")
    assert letters.code()


def test_on_the_web_a_proof_ends(linked: ActionContext, letters: Letters) -> None:
    tab = Person(linked, "tab", WEB)
    proves(tab, letters)
    _forget_proofs(linked)
    assert "order number" in tab.hears("where is my order", "order_status")


def test_without_a_tracker_store_to_look_into_the_link_is_made(
    context: ActionContext, letters: Letters
) -> None:
    links = ChannelLinks(context.sessions)
    continuing = Continuing(context.sessions, context.identities, links, None)
    phone = Person(replace(context, continuing=continuing), "phone", WHATSAPP)
    assert "on its way" in proves(phone, letters)
    who = links.of("whatsapp", WHATSAPP)
    assert who is not None and who.email == JANE.email


def test_what_is_here_already_stays() -> None:
    here = ShoppingState(text="boot", cart=Cart().with_more("boot", 1), saved=("laces",))
    state = brought(here, replace(LEFT, cart=LEFT.cart.with_more("laces")))
    assert state.text == "boot" and state.shown == ()
    assert state.cart.quantity_of("boot") == 1 and state.cart.quantity_of("laces") == 1
    assert state.saved == ("laces", "runner-red-9")


def _forget_proofs(linked: ActionContext) -> None:
    """Half an hour passes."""
    past = datetime.now(UTC) - timedelta(hours=1)
    with linked.sessions.begin() as session:
        for proved in session.query(ProvedIdentity):
            proved.expires_at, proved.verified_at = past, past


def test_who_signs_out_on_a_messaging_channel_is_a_stranger_there(
    linked: ActionContext, letters: Letters
) -> None:
    phone = Person(linked, "phone", WHATSAPP)
    proves(phone, letters)
    assert linked.continuing is not None
    out = SignOut(linked).answer(
        Turn("sign me out", ShoppingState(), conversation=WHATSAPP, device="phone")
    )
    assert "forgotten who you are" in out.replies[0].text
    assert linked.continuing.known_again(WHATSAPP, "phone", datetime.now(UTC)) is None
    told = phone.says("where is my order?", "order_status")
    assert not any("A1001" in reply.text for reply in told.replies)
