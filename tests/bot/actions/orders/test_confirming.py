"""Only a plain yes to what was asked does it."""

import pytest

from bot.actions.context import ActionContext
from bot.support import english
from catalog.models import Order, OrderStatus
from tests.bot.actions.orders.person import Person, status_of


@pytest.fixture
def asked(customer: Person, context: ActionContext) -> Person:
    """Jane, asked whether A1002 shall be cancelled; she has another that could be."""
    with context.sessions.begin() as session:
        first = session.get_one(Order, "A1002")
        session.add(
            Order(
                number="A1004",
                customer_id="c1",
                status=OrderStatus.PAID,
                placed_at=first.placed_at,
                currency="USD",
                total=first.total,
                shipping_address=first.shipping_address,
            )
        )
    customer.is_verified()
    customer.says("cancel A1002", "cancel_order")
    return customer


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("yes", "cancel_order"),
        ("Yes, cancel it", "cancel_order"),
        ("yes please cancel A1002!", "cancel_order"),
        ("ok, go ahead, thanks", "cancel_order"),
        ("yes I'm sure", "return_order"),
        ("Yes, send it there", "change_address"),
        ("Yes, go ahead", ""),
    ],
)
def test_a_plain_yes(words: str, act: str) -> None:
    assert english.says_yes(words, act)


@pytest.mark.parametrize(
    "words",
    [
        "yes but keep one of the two sweaters",
        "yes if I get my money back",
        "yes, send it there",
        "yes, only one of them",
        "yes?",
        "not sure yet",
        "can you cancel it tomorrow",
    ],
)
@pytest.mark.parametrize("intent", ["affirm", "cancel_order", "nlu_fallback"])
def test_less_than_that_does_nothing_and_is_asked_again(
    asked: Person, context: ActionContext, words: str, intent: str
) -> None:
    told = asked.hears(words, intent)
    assert "I can only cancel all of an order" in told
    assert "Shall I cancel it" in told
    assert status_of(context, "A1002") is OrderStatus.PAID
    assert asked.task is not None


def test_another_request_beside_a_yes_is_asked_about_by_itself(
    asked: Person, context: ActionContext
) -> None:
    told = asked.hears("yes, and also cancel A1004", "provide_order_details")
    assert "Order A1002 is cancelled" in told
    assert "Order A1004" in told
    assert status_of(context, "A1004") is OrderStatus.PAID
    asked.says("yes", "affirm")
    assert status_of(context, "A1004") is OrderStatus.CANCELLED


def test_a_question_beside_a_yes_is_answered(asked: Person, context: ActionContext) -> None:
    clause = {"text": "what's your warranty", "intent": {"name": "ask_policy"}}
    told = asked.hears("yes, and what's your warranty?", "ask_policy", clause)
    assert "policies" in told
    assert "Order A1002 is cancelled" in told


@pytest.mark.parametrize("words", ["cancel A1004 please", "no, A1004", "yes cancel A1004"])
def test_the_order_that_is_named_wins(asked: Person, context: ActionContext, words: str) -> None:
    assert "Order A1004" in asked.hears(words, "cancel_order")
    asked.says("yes", "affirm")
    assert status_of(context, "A1002") is OrderStatus.PAID
    assert status_of(context, "A1004") is OrderStatus.CANCELLED


@pytest.mark.parametrize("words", ["don't cancel it", "please do not cancel my order"])
def test_a_no_is_heard_in_a_sentence(asked: Person, context: ActionContext, words: str) -> None:
    assert "A1002 stays as it is" in asked.hears(words, "cancel_order")
    assert status_of(context, "A1002") is OrderStatus.PAID


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("do not cancel my order", "cancel_order"),
        ("don't send it back", "return_order"),
        ("please don't change the address", "change_address"),
        ("don't order it again", "reorder"),
    ],
)
def test_what_shall_not_be_done_is_not_begun(customer: Person, words: str, intent: str) -> None:
    customer.is_verified().says("where is A1001", "order_status")
    assert "nothing about your orders has changed" in customer.hears(words, intent)
    assert customer.task is None


def test_what_shall_be_done_instead_is(customer: Person) -> None:
    customer.is_verified()
    told = customer.hears("don't cancel A1002, just change the address", "cancel_order")
    assert "Where should it go" in told
