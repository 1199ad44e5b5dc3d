from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions import routing
from bot.actions.cart.view_cart import ViewCart
from bot.actions.cart.voucher import RedeemVoucher
from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.shopping.cart import Cart
from bot.shopping.state import ShoppingState
from catalog.models import Voucher, VoucherKind

CART = ShoppingState(cart=Cart().with_more("runner-red-9", 1).with_more("boot", 1))
SHOWN = ShoppingState(shown=("runner-red-9", "boot"))


@pytest.fixture(autouse=True)
def vouchers(shop: sessionmaker[Session]) -> Iterator[None]:
    past = datetime.now(UTC) - timedelta(days=9)
    with shop.begin() as session:
        session.add_all(
            [
                _voucher("SAVE10", "10", public=True, threshold=Decimal(100)),
                _voucher("HERON20", "20", brand="Heron"),
                _voucher("OLD", "50", valid_until=past, public=True),
            ]
        )
    yield


def said(context: ActionContext, text: str, state: ShoppingState) -> tuple[str, Answer]:
    answer = RedeemVoucher(context).answer(Turn(text, state))
    return answer.replies[0].text, answer


def test_the_saving_is_computed_and_the_code_kept(context: ActionContext) -> None:
    text, answer = said(context, "I have a code save10", CART)
    assert text == "Your cart comes to $180.00 with SAVE10: $200.00 less $20.00."
    assert answer.state is not None
    assert answer.state.voucher == "SAVE10"
    (reply,) = ViewCart(context).answer(Turn("my cart", answer.state)).replies
    assert reply.text.endswith(text)


def test_below_the_threshold_it_says_by_how_much(context: ActionContext) -> None:
    state = ShoppingState(cart=Cart().with_more("runner-red-9"))
    text, answer = said(context, "apply SAVE10", state)
    assert text == ("Your cart comes to $80.00. SAVE10 works from $100.00: you're $20.00 short.")
    assert answer.state is not None
    assert answer.state.voucher == "SAVE10"


def test_a_product_that_is_pointed_at(context: ActionContext) -> None:
    text, answer = said(context, "does SAVE10 work with the second one?", SHOWN)
    assert text == "With SAVE10, Fell Boot comes to $108.00: $120.00 less $12.00."
    assert answer.state is not None
    assert answer.state.focus == "boot"
    kept = replace(SHOWN, voucher="HERON20", focus="boot")
    text, _ = said(context, "does the voucher work with this?", kept)
    assert text == (
        "Fell Boot comes to $120.00. "
        "HERON20 counts for products by Heron only, and there is none here."
    )


def test_without_a_cart_its_terms_are_told(context: ActionContext) -> None:
    text, _ = said(context, "my code is HERON20", ShoppingState())
    assert text.endswith("HERON20 takes 20% off, for products by Heron only.")


def test_what_does_not_count_is_not_kept(context: ActionContext) -> None:
    text, answer = said(context, "use code OLD", CART)
    assert text.startswith("OLD ended on ")
    assert answer.state is not None
    assert answer.state.voucher is None
    text, answer = said(context, "use code NOSUCH1", replace(CART, voucher="SAVE10"))
    assert text == "I don't know a voucher “NOSUCH1”. Please check how it is written."
    assert answer.state is not None
    assert answer.state.voucher == "SAVE10"


def test_only_public_vouchers_that_count_are_told(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    text, _ = said(context, "do you have any vouchers?", SHOWN)
    assert text == ("There is one voucher at the moment:\n• SAVE10 takes 10% off, from $100.00 on.")
    with shop.begin() as session:
        session.delete(session.get_one(Voucher, "SAVE10"))
    text, _ = said(context, "any discount codes?", SHOWN)
    assert text == "I know of no voucher that is open to everybody at the moment."


def test_the_code_is_asked_for_and_taken(context: ActionContext) -> None:
    text, answer = said(context, "I have a voucher", CART)
    assert "code" in text
    assert answer.state is not None
    question = answer.state.question
    turn = Turn("save10", replace(answer.state, question=None), "nlu_fallback", question=question)
    name, turn = routing.route(context, turn, "fallback")
    assert name == "voucher"
    assert "$180.00 with SAVE10" in RedeemVoucher(context).answer(turn).replies[0].text
    # Whoever talks of something else is not held to it.
    turn = replace(turn, text="show me boots instead")
    assert routing.route(context, turn, "search_products")[0] == "search_products"


def test_it_can_be_taken_off_again(context: ActionContext) -> None:
    text, answer = said(context, "remove the voucher", replace(CART, voucher="SAVE10"))
    assert text == "I've taken SAVE10 off again. Your cart comes to $200.00."
    assert answer.state is not None
    assert answer.state.voucher is None


def _voucher(code: str, percent: str, **more: object) -> Voucher:
    kind, value = VoucherKind.PERCENT, Decimal(percent)
    return Voucher(code=code, kind=kind, value=value, currency="USD", **more)
