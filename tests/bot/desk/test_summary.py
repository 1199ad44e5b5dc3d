"""What a person should know at a glance."""

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from bot.desk.summary import orders_named, summary_of
from bot.desk.ticket import Speaker, transcript_of
from bot.shopping.cart import Cart
from bot.shopping.state import ShoppingState
from catalog.models import Product, Variant
from recommender.query.constraints import Constraints

EVENTS: list[dict[str, Any]] = [
    {"event": "action", "name": "action_session_start", "timestamp": 1.0},
    {"event": "user", "text": "red kettle", "timestamp": 2.0},
    {"event": "action", "name": "action_search_products", "timestamp": 3.0},
    {"event": "bot", "text": "Here.", "timestamp": 3.0},
    {"event": "bot", "text": None, "timestamp": 3.0},
    {"event": "action", "name": "action_listen", "timestamp": 3.0},
    {"event": "user", "text": "/restart", "timestamp": 4.0},
    {"event": "user", "text": "EXTERNAL: x", "timestamp": 4.0, "metadata": {"is_external": True}},
    {"event": "action", "name": "order_status_form", "timestamp": 4.0},
    {"event": "action", "name": "action_fallback", "timestamp": 5.0},
    {"event": "bot", "text": "Hi, Mia here", "timestamp": 6.0, "metadata": {"delivered": {}}},
    {
        "event": "bot",
        "text": "Mia again",
        "timestamp": 6.0,
        "metadata": {"delivered": {"id": "d1", "author": "Mia"}},
    },
    {"event": "user", "text": "a person please", "timestamp": 7.0},
]


def test_the_transcript_has_what_was_said_and_by_whom() -> None:
    lines = transcript_of(EVENTS)
    assert [(line.speaker, line.text) for line in lines] == [
        (Speaker.CUSTOMER, "red kettle"),
        (Speaker.ASSISTANT, "Here."),
        (Speaker.ASSISTANT, "Hi, Mia here"),
        (Speaker.PERSON, "Mia again"),
        (Speaker.CUSTOMER, "a person please"),
    ]


def test_wanted_tried_order_cart_and_last_words(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        variant = Variant(id="v1", price=Decimal(39), currency="USD")
        session.add(Product(id="p1", title="Copper kettle", variants=[variant]))
    shopping = ShoppingState(
        text="kettle",
        filters=Constraints.from_json({"color": ["red"], "price_max": 60}),
        cart=Cart().with_quantity("v1", 2),
    )
    with sessions() as session:
        facts = summary_of(session, shopping, EVENTS, transcript_of(EVENTS), ["AB-1001"])
    assert {fact.name: fact.value for fact in facts} == {
        "Wanted": "kettle, price_max 60, color red",
        "Tried": "search products, fallback",
        "Order": "AB-1001",
        "Cart": "2 × Copper kettle",
        "Last said": "a person please",
    }


def test_an_order_is_what_the_customer_calls_one() -> None:
    said = ("where is my order", "a-1001", "123 456", "the code is 654321", "and B2001?")
    lines = transcript_of(
        [
            {"event": "bot", "text": "What is your order number? It looks like A1234."},
            *({"event": "user", "text": text} for text in said),
            {"event": "bot", "text": "I couldn't find an order C3001 of yours."},
        ]
    )
    assert orders_named(lines) == ["A1001", "B2001"]


def test_what_is_not_there_is_not_said(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        assert summary_of(session, ShoppingState(), [], ()) == ()
