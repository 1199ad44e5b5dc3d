"""All of a customer's orders, and what is said of one of the list."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.actions.context import ActionContext
from catalog.models import Order, OrderStatus
from tests.bot.actions.orders.conftest import NOW
from tests.bot.actions.orders.person import Person, status_of
from tests.bot.conftest import Letters


def orders(context: ActionContext, count: int, status: OrderStatus) -> None:
    with context.sessions.begin() as session:
        for number in range(count):
            session.add(
                Order(
                    number=f"C{3000 + number}",
                    customer_id="c1",
                    status=status,
                    placed_at=NOW - timedelta(days=30 + number),
                    currency="USD",
                    total=Decimal("12"),
                )
            )


@pytest.mark.parametrize("words", ["show all my orders", "my orders", "which orders do I have?"])
def test_all_are_listed_newest_first(customer: Person, context: ActionContext, words: str) -> None:
    orders(context, 2, OrderStatus.CANCELLED)
    first, *lines = customer.is_verified().hears(words, "order_status").split("\n")
    assert "5 orders" in first
    assert len(lines) == 5
    assert lines[-1].startswith("• C3001 of")
    assert lines[-1].endswith("cancelled, $12.00")


def test_all_are_listed_once_who_asked_has_proved_it(customer: Person, letters: Letters) -> None:
    customer.says("show all my orders", "order_status")
    customer.says("A1001 jane@example.com", "provide_order_details")
    assert "You have 3 orders" in customer.hears(letters.code())


def test_a_long_list_says_how_to_see_the_rest(customer: Person, context: ActionContext) -> None:
    orders(context, 20, OrderStatus.CANCELLED)
    told = customer.is_verified().hears("show all my orders", "order_status")
    assert told.count("•") == 10
    assert "For an older one" in told
    assert "C3019 of" in customer.hears("C3019", "provide_order_details")


def test_the_second_one_is_the_second_of_the_list(customer: Person) -> None:
    listed = customer.is_verified().hears("show all my orders", "order_status").split("\n")
    second = listed[2].split()[1]
    assert f"{second} of" in customer.hears("the second one", "product_details")


@pytest.mark.parametrize("intent", ["remove_from_cart", "cancel_order", "deny"])
def test_it_is_the_one_that_is_cancelled(
    customer: Person, context: ActionContext, intent: str
) -> None:
    listed = customer.is_verified().hears("show all my orders", "order_status").split("\n")
    place = next(n for n, line in enumerate(listed) if "A1002" in line)
    word = ("", "first", "second", "third")[place]
    assert "Order A1002" in customer.hears(f"cancel the {word} one", intent)
    customer.says("yes", "affirm")
    assert status_of(context, "A1002") is OrderStatus.CANCELLED


def test_a_list_asks_nothing(customer: Person) -> None:
    customer.is_verified().says("show all my orders", "order_status")
    assert "cart" in customer.hears("show me my cart", "view_cart")
    assert customer.task is None


def test_everything_is_cancelled_one_at_a_time(customer: Person, context: ActionContext) -> None:
    orders(context, 2, OrderStatus.PAID)
    told = customer.is_verified().hears("cancel everything", "cancel_order")
    assert "can still be cancelled" in told
    assert "A1002" in told
    assert "A1001" not in told
    assert "Order A1002" in customer.hears("all of them", "affirm")
    assert "Order C3000" in customer.hears("yes", "affirm")
    assert "C3000 stays as it is. Order C3001" in " ".join(customer.hears("no", "deny").split())


def test_what_can_be_sent_back_is_listed(customer: Person, context: ActionContext) -> None:
    with context.sessions.begin() as session:
        session.get_one(Order, "A1001").status = OrderStatus.DELIVERED
        session.get_one(Order, "A1001").delivered_at = NOW
    told = customer.is_verified().hears("I want to return something", "return_order")
    assert "Which order is it" in told
    assert "A1003" in told
    assert "From these something can be sent back" in customer.hears(
        "return everything", "return_order"
    )


def test_invoices_are_offered(customer: Person) -> None:
    told = customer.is_verified().hears("download invoice of all my orders", "invoice")
    assert "Each of these has an invoice" in told
    assert told.count("•") == 3


@pytest.mark.parametrize("words", ["oh forget it", "no, never mind", "quit", "no wait, forget it"])
def test_who_named_an_order_that_is_not_there_is_let_go(customer: Person, words: str) -> None:
    customer.is_verified()
    told = customer.hears("now change the address on 2009", "change_address")
    assert "couldn't find an order 2009" in told
    assert "leave the order" in customer.hears(words, "deny")
    assert customer.task is None


def test_a_few_words_about_nothing_keep_the_question(customer: Person) -> None:
    customer.is_verified().says("cancel A1002", "cancel_order")
    question = customer.task.question if customer.task else ""
    assert customer.hears("where were we?", "recap") == question
    assert question in customer.hears("it's late", "goodbye", confidence=0.2)
    customer.says("show me my cart", "view_cart")
    assert customer.task is None


def test_the_list_is_in_sight_after_one_was_looked_at(
    customer: Person, context: ActionContext
) -> None:
    listed = customer.is_verified().hears("show all my orders", "order_status").split("\n")
    customer.says("the third one", "product_details")
    place = next(n for n, line in enumerate(listed) if "A1002" in line)
    word = ("", "first", "second", "third")[place]
    assert "Order A1002" in customer.hears(f"cancel the {word} one", "remove_from_cart")
    customer.says("yes", "affirm")
    assert status_of(context, "A1002") is OrderStatus.CANCELLED
    assert f"{listed[1].split()[1]} of" in customer.hears("the first one", "product_details")


def test_the_list_is_gone_once_something_else_is_wanted(customer: Person) -> None:
    customer.is_verified().says("show all my orders", "order_status")
    customer.says("the second one", "product_details")
    customer.says("show my cart", "view_cart")
    assert customer.task is None
