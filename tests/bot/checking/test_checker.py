"""Answers with something false in them, which no act gives: the checker must not trust one."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.reply import Answer, Reply, Table
from bot.checking.checker import Checker
from bot.shopping.cart import Cart
from bot.shopping.state import ShoppingState
from bot.voice.voice import Voice
from catalog.models import Voucher, VoucherKind
from catalog.products import find_variant, find_variants
from recommender.offer import Offer

STATE = ShoppingState(
    shown=("runner-red-9", "boot"),
    cart=Cart().with_more("runner-red-9", 2),
    prices={"boot": Decimal(130)},
)


@pytest.fixture
def checker(shop: sessionmaker[Session], voice: Voice) -> Checker:
    return Checker(shop, voice)


def said(checker: Checker, text: str, heard: str = "", table: Table | None = None) -> str:
    answer = Answer((Reply(text, table=table),), STATE)
    (reply,) = checker.checked(heard, STATE, answer).replies
    return reply.text


@pytest.mark.parametrize(
    "text",
    [
        "Heron Runner: It costs $75.00.",
        "Heron Runner: It costs $80.00. It is in stock: 9 left.",
        "Heron Runner costs $120.00.",
        "The cheapest is $3.33.",
        "Fell Boot: It is out of stock at the moment.",
        "I recommend the Glacier Summit Parka.",
        "I recommend the F_ll B_ot.",
        "With SAVE99 you save $20.00.",
        "2 × Heron Runner for $170.01",
    ],
)
def test_what_the_catalogue_does_not_bear_out_is_blocked(checker: Checker, text: str) -> None:
    assert said(checker, text) != text


@pytest.mark.parametrize(
    "text",
    [
        "Heron Runner: It costs $80.00. It is in stock: 4 left.",
        "Heron Runner: It costs $80.00. Its versions cost from $80.00 to $85.00.",
        "Heron Runner (blue in size 9): It is out of stock at the moment.",
        "Fell Boot: the price has changed since I showed it: it was $130.00 and is $120.00 now.",
        "2 × Heron Runner for $160.00. That makes $160.00 in total.",
        "Heron Runner: The upper is waterproof.",
        "Heron Runner: Weight: 240 g.",
        "The Heron Runner and the Fell Boot come to $200.00 together.",
        "I'll write to you once when Heron Runner is back in stock.",
        "Parcels take three days.",
        "Pay here: http://shop.example/checkout?cart=.eJyrVsr-Um4Q.NXEwH9zX2HOsWmxr-Um4Q",
    ],
)
def test_what_it_bears_out_is_said(
    checker: Checker, text: str, shop: sessionmaker[Session]
) -> None:
    with shop() as session:
        shown = find_variants(session, STATE.shown)
        offers = tuple(Offer.of(each.product, each, 1.0, ()) for each in shown)
    answer = Answer((Reply(text, offers),), STATE)
    assert checker.checked("", STATE, answer).replies[0].text == text


def test_amounts_that_the_customer_named_may_be_repeated(checker: Checker) -> None:
    text = "I have nothing for shoes under $33."
    assert said(checker, text, heard="shoes under 33") == text


def test_a_table_is_checked_too(checker: Checker) -> None:
    rows = (("Price", ("$80.00", "$12.00")),)
    false = Table(("Heron Runner", "Fell Boot"), rows)
    true = Table(("Heron Runner", "Fell Boot"), (("Price", ("$80.00", "$120.00")),))
    assert said(checker, "Side by side:", table=false) != "Side by side:"
    assert said(checker, "Side by side:", table=true) == "Side by side:"


def test_a_card_shows_what_is_so_now(checker: Checker, shop: sessionmaker[Session]) -> None:
    with shop.begin() as session:
        boot = find_variant(session, "boot")
        assert boot is not None
        old = Offer.of(boot.product, boot, 1.0, ("brown",))
        boot.price = Decimal(99)
    (reply,) = checker.checked("", STATE, Answer((Reply("Here:", (old,)),), STATE)).replies
    assert [each.price for each in reply.offers] == [99]


def test_a_card_of_nothing_is_left_out(checker: Checker, shop: sessionmaker[Session]) -> None:
    with shop() as session:
        boot = find_variant(session, "boot")
        assert boot is not None
        made_up = Offer.of(boot.product, boot, 1.0, ())
    gone = Offer(**{name: getattr(made_up, name) for name in made_up.__slots__} | {"id": "no-such"})
    (reply,) = checker.checked("", STATE, Answer((Reply("Here:", (gone,)),), STATE)).replies
    assert reply.offers == ()


def test_what_a_voucher_makes_of_a_product_without_a_card_may_be_said(
    checker: Checker, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        session.add(Voucher(code="FIFTH", kind=VoucherKind.PERCENT, value=Decimal(20)))
    state = replace(STATE, voucher="FIFTH")
    true = "With FIFTH, Fell Boot comes to $96.00: $120.00 less $24.00."
    false = "With FIFTH, Fell Boot comes to $91.00: $120.00 less $29.00."
    for text in (true, false):
        (reply,) = checker.checked("", state, Answer((Reply(text),), state)).replies
        assert (reply.text == text) is (text == true)
