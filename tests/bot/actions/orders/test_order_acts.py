"""A customer, their orders, and what the assistant asks before it tells or does anything."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.actions.context import ActionContext
from bot.orders.address import Address
from bot.orders.outcome import Refusal, RefusalReason
from bot.orders.placed_order import PlacedOrder
from catalog.models import Order, OrderAudit, OrderReturn, OrderStatus, ProvedIdentity
from tests.bot.actions.orders.person import Person, status_of
from tests.bot.conftest import Letters


def test_who_is_unknown_proves_it_by_a_code(customer: Person, letters: Letters) -> None:
    assert "order number" in customer.hears("where is my order", "order_status")
    assert "e-mail" in customer.hears("#a-1001", "provide_order_details")
    sent = customer.hears("JANE@example.com", "provide_order_details")
    assert "If that address belongs to that order" in sent
    assert "Heron" not in sent
    told = customer.hears(letters.code())
    assert "A1001" in told
    assert "on its way" in told
    assert "PP1" in told
    assert customer.task is None


def test_the_way_of_an_order_is_shown_too(customer: Person) -> None:
    [reply] = customer.is_verified().says("where is A1001", "order_status").replies
    assert [stage.state for stage in reply.timeline] == ["done", "done", "now", "ahead"]


def test_number_and_address_may_come_at_once(customer: Person, letters: Letters) -> None:
    customer.says("where is A1001, jane@example.com", "order_status")
    assert letters.sent[0][0] == "jane@example.com" or letters.code()
    assert "on its way" in customer.hears(letters.code())


@pytest.mark.parametrize(
    "details", ["A1001 joe@example.com", "A9999 jane@example.com", "A9999 nobody@example.com"]
)
def test_what_does_not_belong_together_sounds_the_same_and_gets_no_letter(
    context: ActionContext, letters: Letters, details: str
) -> None:
    stranger, jane = Person(context), Person(context, conversation="d" * 32)
    right = jane.hears("where is A1001 jane@example.com", "order_status")
    letters.code()
    letters.sent.clear()
    assert stranger.hears(f"where is {details}", "order_status") == right
    for guess in ("000000", "123456"):
        assert "isn't the code" in stranger.hears(guess)
    assert letters.sent == []
    with context.sessions() as session:
        proved = session.scalars(select(ProvedIdentity.conversation_id)).all()
    assert stranger.conversation not in proved


def test_a_wrong_code_can_be_corrected_and_guessing_ends(
    customer: Person, letters: Letters
) -> None:
    customer.says("where is A1001 jane@example.com", "order_status")
    right = letters.code().replace(" ", "")
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for left in (4, 3, 2):
        assert f"{left} tries left" in customer.hears(wrong)
    assert "1 try left" in customer.hears(wrong)
    for spent in (wrong, right):
        assert "Shall I send you a new one" in customer.hears(spent)
    letters.sent.clear()
    assert "just sent" in customer.hears("yes", "affirm")
    again = f"{(int(letters.code()) + 1) % 1_000_000:06}"
    told = [customer.hears(again) for _ in range(5)]
    assert "can't check more details" in told[-1]  # ten an hour
    assert customer.task is None


def test_a_lost_code_is_sent_again(customer: Person, letters: Letters) -> None:
    customer.says("where is A1001 jane@example.com", "order_status")
    first = letters.code()
    letters.sent.clear()
    assert "six-digit code" in customer.hears("I didn't get it")
    assert letters.code() != first or len(letters.sent) == 1
    assert "isn't the code" in customer.hears(first) or letters.code() == first
    assert "on its way" in customer.hears(letters.code())


def test_a_question_in_between_is_answered_and_the_code_still_asked_for(
    customer: Person,
) -> None:
    customer.says("where is my order", "order_status")
    answer = customer.says("hello", "greet")
    assert len(answer.replies) == 2
    assert "order number" in answer.replies[1].text
    assert customer.task is not None


@pytest.mark.parametrize("words", ["never mind", "Never mind", "forget it"])
def test_who_lets_it_rest_is_let_go(customer: Person, words: str) -> None:
    customer.says("where is my order", "order_status")
    assert "leave the order" in customer.hears(words, "deny")
    assert customer.task is None


def test_something_else_leaves_the_order(customer: Person) -> None:
    customer.says("where is my order", "order_status")
    customer.says("show me my cart", "view_cart")
    assert customer.task is None


def test_an_order_of_somebody_else_is_as_one_that_is_not_there(customer: Person) -> None:
    customer.is_verified()
    other = customer.hears("where is order B2001", "order_status")
    assert "couldn't find an order B2001 of yours" in other
    missing = customer.hears("where is order B2009", "order_status")
    assert missing.replace("B2009", "B2001") == other


def test_another_device_of_the_conversation_is_a_stranger(context: ActionContext) -> None:
    Person(context, device="phone").is_verified()
    laptop = Person(context, device="laptop")
    assert "order number" in laptop.hears("cancel my order", "cancel_order")


def test_the_only_order_that_can_be_cancelled_is_meant(
    customer: Person, context: ActionContext
) -> None:
    customer.is_verified()
    asked = customer.hears("cancel my order", "cancel_order")
    assert "A1002" in asked
    assert "Shall I cancel it" in asked
    assert status_of(context, "A1002") is OrderStatus.PAID
    assert "is cancelled" in customer.hears("yes", "affirm")
    assert status_of(context, "A1002") is OrderStatus.CANCELLED
    assert customer.task is None
    with context.sessions() as session:
        (row,) = session.scalars(select(OrderAudit)).all()
    assert (row.order_number, row.act, row.verified_by) == ("A1002", "cancel", "shop_token")


def test_a_no_keeps_the_order(customer: Person, context: ActionContext) -> None:
    customer.is_verified()
    customer.says("cancel my order", "cancel_order")
    assert "stays as it is" in customer.hears("no, keep it", "deny")
    assert status_of(context, "A1002") is OrderStatus.PAID
    assert "cancelled" not in customer.hears("yes", "affirm")
    assert status_of(context, "A1002") is OrderStatus.PAID


def test_what_has_left_is_not_cancelled(customer: Person) -> None:
    customer.is_verified()
    answer = customer.says("cancel order A1001", "cancel_order")
    assert "on its way" in answer.replies[0].text
    assert "Start a return" in answer.replies[0].quick_replies


def test_an_old_proof_is_renewed_before_something_changes(
    customer: Person, context: ActionContext, letters: Letters
) -> None:
    customer.is_verified(ago=timedelta(minutes=15))
    assert "A1001" in customer.hears("where is order A1001", "order_status")
    assert "still you" in customer.hears("cancel order A1002", "cancel_order")
    assert "Shall I cancel it" in customer.hears(letters.code())
    assert "is cancelled" in customer.hears("yes please", "affirm")
    assert status_of(context, "A1002") is OrderStatus.CANCELLED


def test_an_order_is_sent_somewhere_else(customer: Person, context: ActionContext) -> None:
    customer.is_verified()
    assert "Where should it go" in customer.hears("change the address", "change_address")
    assert "whole address" in customer.hears("to my mum")
    asked = customer.hears("12 Oak Ave, Saint Paul, MN 55101")
    assert "Jane Roe, 12 Oak Ave, Saint Paul, MN 55101" in asked
    assert "Done" in customer.hears("Yes, send it there", "affirm")
    with context.sessions() as session:
        assert "12 Oak Ave" in session.get_one(Order, "A1002").shipping_address


def test_an_address_that_is_not_taken_is_not_asked_to_be_confirmed(
    customer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(order: PlacedOrder, address: Address | None = None) -> Refusal | None:
        return None if address is None else Refusal(RefusalReason.OTHER_COUNTRY, order.number)

    monkeypatch.setattr("bot.orders.rules.refuses_address", nowhere)
    customer.is_verified().says("change the address of A1002", "change_address")
    told = customer.hears("12 Oak Ave, Saint Paul, MN 55101")
    assert "another country" in told
    assert "12 Oak Ave" not in told


def test_the_new_address_is_put_right_before_it_is_taken(
    customer: Person, context: ActionContext
) -> None:
    customer.is_verified().says("change the address of A1002", "change_address")
    assert "whole address" in customer.hears("12 Oak Ave")
    assert "Jane Roe, 12 Oak Ave, Saint Paul, MN 55101" in customer.hears("Saint Paul, MN 55101")
    assert "Jane Roe, 14 Elm street, Saint Paul, MN" in customer.hears("no wait, 14 Elm street")
    asked = customer.hears("yes but to my wife Anna Lindqvist", "out_of_scope")
    assert "Anna Lindqvist, 14 Elm street, Saint Paul, MN 55101" in asked
    assert "Please say “yes”" in customer.hears("yes but next week", "affirm")
    customer.says("Yes, send it there", "affirm")
    with context.sessions() as session:
        address = session.get_one(Order, "A1002").shipping_address
    assert address.startswith("Anna Lindqvist, 14 Elm street, Saint Paul, MN")


@pytest.mark.parametrize("words", ["where is A1002 going?", "what's the address of A1002 now?"])
def test_the_address_of_an_order_is_told(customer: Person, words: str) -> None:
    told = customer.is_verified().hears(words, "change_address")
    assert "A1002 goes to Jane Roe, 5 Elm St, Duluth" in told
    assert customer.task is None


def test_things_are_sent_back(customer: Person, context: ActionContext) -> None:
    customer.is_verified()
    assert "What from order A1003" in customer.hears("I want to return something", "return_order")
    assert "reason" in customer.hears("the boot")
    assert "unused" in customer.hears("too small")
    asked = customer.hears("It's unused")
    assert "Fell Boot" in asked
    assert "Heron" not in asked
    told = customer.hears("yes", "affirm")
    with context.sessions() as session:
        (row,) = session.scalars(select(OrderReturn)).all()
    assert row.number in told
    assert "1 Dock Road" in told


def test_what_was_said_at_once_is_not_asked_again(customer: Person) -> None:
    customer.is_verified()
    asked = customer.hears("refund the boot from A1003, it arrived damaged", "return_order")
    assert "Shall I start the return" in asked
    assert "arrived damaged" in asked


def test_something_used_comes_back_only_if_it_is_faulty(customer: Person) -> None:
    customer.is_verified()
    customer.says("return the boot from A1003, too small", "return_order")
    assert "Used things" in customer.hears("It's been used")


def test_another_size_in_exchange(customer: Person, context: ActionContext) -> None:
    with context.sessions.begin() as session:
        runner = session.get_one(Order, "A1003").lines[0]
        assert runner.variant_id == "runner-red-9"
    customer.is_verified()
    customer.says("exchange the runner from A1003, too small", "return_order")
    assert "no other version" in customer.hears("unused").lower()  # the blue ones cost more


def test_the_same_again_goes_into_the_cart(customer: Person) -> None:
    customer.is_verified()
    assert "Put these 2 things into your cart" in customer.hears("order A1003 again", "reorder")
    assert not customer.state.cart
    assert "In your cart" in customer.hears("yes", "affirm")
    assert customer.state.cart.quantity_of("boot") == 1


def test_an_invoice_has_every_line(customer: Person) -> None:
    customer.is_verified()
    told = customer.hears("invoice for A1003", "invoice")
    for said in ("Invoice for order A1003", "Fell Boot", "$120.00", "$205.00"):
        assert said in told


def test_money_that_is_not_coming(customer: Person) -> None:
    customer.is_verified()
    assert "no return and no refund" in customer.hears(
        "where's my refund for A1001", "refund_status"
    )


def test_orders_are_chosen_by_place(customer: Person) -> None:
    customer.is_verified()
    asked = customer.hears("invoice please", "invoice")
    assert "Which order" in asked
    assert "Invoice for order" in customer.hears("the last one")


def test_a_system_that_is_down_is_said_so(
    customer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.orders.errors import BackendUnavailableError

    def down(*_: object, **__: object) -> None:
        raise BackendUnavailableError("no answer")

    customer.is_verified()
    monkeypatch.setattr(type(customer.context.orders), "recent", down)
    assert "can't reach the order system" in customer.hears("where is it", "order_status")
    assert customer.task is None
