"""Several things that one message asks of orders."""

import pytest

from bot.actions.context import ActionContext
from catalog.models import OrderStatus
from tests.bot.actions.orders.person import Person, status_of
from tests.bot.conftest import Letters


def clause(text: str, intent: str) -> dict[str, object]:
    return {"text": text, "intent": {"name": intent, "confidence": 0.9}}


def test_each_order_gets_its_own_verb_and_its_own_answer(
    customer: Person, context: ActionContext, letters: Letters
) -> None:
    asked = customer.hears(
        "wheres my order A1001, cancel A1002 and what's your warranty",
        "cancel_order",
        clause("wheres my order A1001, cancel A1002", "cancel_order"),
        clause("what's your warranty", "ask_policy"),
    )
    assert "shop's policies" in asked
    assert "e-mail" in asked
    customer.says("jane@example.com", "provide_order_details")
    told = customer.hears(letters.code())
    assert "A1001 of" in told
    assert "on its way" in told
    assert "Order A1002" in told
    assert told.endswith("Shall I cancel it? That can't be undone.")
    customer.says("yes", "affirm")
    assert status_of(context, "A1001") is OrderStatus.SHIPPED
    assert status_of(context, "A1002") is OrderStatus.CANCELLED
    assert customer.task is None


@pytest.mark.parametrize("intent", ["order_status", "provide_order_details"])
def test_both_orders_are_shown(customer: Person, intent: str) -> None:
    told = customer.is_verified().hears("Where are orders A1001 and A1002?", intent)
    assert "A1001 of" in told
    assert "A1002 of" in told


def test_two_cancellations_are_two_questions(customer: Person, context: ActionContext) -> None:
    customer.is_verified()
    assert "Order A1002" in customer.hears("cancel A1002 and A1001", "provide_order_details")
    told = customer.hears("no, keep it", "deny")
    assert "A1002 stays as it is" in told
    assert "Order A1001 is on its way, so it can't be cancelled" in told
    assert status_of(context, "A1002") is OrderStatus.PAID


def test_two_numbers_answer_which_order(customer: Person) -> None:
    customer.is_verified().says("cancel order A9999", "cancel_order")
    told = customer.hears("A1001 and A1002", "provide_order_details")
    assert "Order A1001 is on its way, so it can't be cancelled" in told
    assert told.endswith("Shall I cancel it? That can't be undone.")


def test_who_lets_it_rest_is_not_asked_about_the_rest(customer: Person) -> None:
    customer.is_verified()
    customer.says("cancel A1002 and where is A1001", "cancel_order")
    assert "A1001" not in customer.hears("forget it", "deny")
    assert customer.task is None


def test_two_requests_without_a_number(customer: Person) -> None:
    customer.is_verified()
    told = customer.hears(
        "where is A1001 and can I cancel my order",
        "order_status",
        clause("where is A1001", "order_status"),
        clause("can I cancel my order", "cancel_order"),
    )
    assert "on its way" in told
    assert "Shall I cancel it" in told


def test_what_it_costs_is_asked_of_what_stands_beside_it(customer: Person) -> None:
    told = customer.hears(
        "can i cancel and whats the fee",
        "ask_policy",
        clause("can i cancel", "cancel_order"),
        clause("whats the fee", "ask_policy"),
    )
    assert "policies" in told
    assert told.endswith(customer.context.voice.say("ask-order-number"))


def test_why_it_was_cancelled_is_no_cancellation(customer: Person) -> None:
    customer.is_verified()
    for intent in ("cancel_order", "nlu_fallback"):
        assert "A1002 of" in customer.hears("why was A1002 cancelled?", intent)
        assert customer.task is None


def test_a_greeting_beside_a_request_is_not_answered(customer: Person) -> None:
    answer = customer.says(
        "Hi, I want to cancel my order",
        "cancel_order",
        clause("Hi", "greet"),
        clause("I want to cancel my order", "cancel_order"),
    )
    [reply] = answer.replies
    assert "order number" in reply.text
