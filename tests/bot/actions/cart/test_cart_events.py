"""What goes into the cart is kept beside the search that showed it."""

import logging

import pytest
from sqlalchemy import select, text

from bot.actions.cart import cart_events
from bot.actions.context import ActionContext
from bot.shopping.cart import Cart
from catalog.models import Behaviour, BehaviourKind, Product, Variant

EMPTY = Cart()


@pytest.fixture(autouse=True)
def boots(context: ActionContext) -> None:
    with context.sessions.begin() as session:
        for name in ("fell", "ridge"):
            versions = [Variant(id=f"{name}-8"), Variant(id=f"{name}-9", position=1)]
            session.add(Product(id=name, title=name, variants=versions))


def seen(context: ActionContext, product: str, query: str, conversation: str = "c1") -> None:
    with context.sessions.begin() as session:
        session.add(
            Behaviour(
                conversation_id=conversation,
                event=BehaviourKind.IMPRESSION,
                product_id=product,
                query=query,
                position=2,
            )
        )


def carts(context: ActionContext) -> list[tuple[str, str, int]]:
    with context.sessions() as session:
        rows = session.scalars(select(Behaviour).where(Behaviour.event == BehaviourKind.CART))
        return [(row.product_id, row.query, row.position) for row in rows]


def put(context: ActionContext, *ids: str, before: Cart = EMPTY, conversation: str = "c1") -> Cart:
    after = before
    for id in ids:
        after = after.with_more(id)
    cart_events.record(context.sessions, conversation, before, after)
    return after


def test_another_size_counts_for_the_card_that_was_seen(context: ActionContext) -> None:
    seen(context, "fell-8", "boots")
    seen(context, "ridge-8", "boots")
    put(context, "fell-9")
    assert carts(context) == [("fell-8", "boots", 2)]


def test_it_counts_for_the_latest_search_and_once(context: ActionContext) -> None:
    seen(context, "fell-8", "boots")
    seen(context, "fell-8", "winter boots")
    cart = put(context, "fell-8")
    put(context, "fell-8", before=cart)
    put(context, "fell-8")  # taken out, and put in again
    assert carts(context) == [("fell-8", "winter boots", 2)]


def test_what_this_conversation_was_not_shown_says_nothing(context: ActionContext) -> None:
    seen(context, "fell-8", "boots", conversation="another")
    put(context, "fell-8")
    seen(context, "ridge-8", "boots")
    put(context, "fell-8", "gone")
    assert carts(context) == []


def test_a_log_that_cannot_be_written_stops_nobody(
    context: ActionContext, caplog: pytest.LogCaptureFixture
) -> None:
    with context.sessions.begin() as session:
        session.execute(text("DROP TABLE behaviour"))
    with caplog.at_level(logging.WARNING):
        put(context, "fell-8")
    assert "could not be kept" in caplog.text
