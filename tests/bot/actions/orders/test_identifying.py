"""What customers say in place of the number, the address or the code that they are asked for."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete

from bot.actions.context import ActionContext
from bot.help.answers import Help, HelpAnswer, HelpDesk
from bot.support.steps import answers
from catalog.models import OneTimeCode, Order, OrderLine
from tests.bot.actions.orders.person import Person
from tests.bot.conftest import Letters


class PagesThatSay(HelpDesk):
    """Whatever they are asked."""

    def __init__(self, *texts: str) -> None:
        address = "/policies/contact#telephone"
        self._answers = tuple(
            HelpAnswer(text, "Contact", "Telephone", address, 1.0) for text in texts
        )

    def help(self, message: str, policies: object) -> Help:
        return Help(self._answers, nearest=self._answers[0])


@pytest.fixture
def customer(context: ActionContext) -> Person:
    return Person(replace(context, help=PagesThatSay("Call 555-0142, Monday to Friday.")))


@pytest.fixture
def at(customer: Person) -> Callable[[str], Person]:
    """The customer, who is asked for this about their order."""

    def asked(step: str) -> Person:
        said = {"number": (), "email": ("A1001",), "code": ("A1001", "jane@example.com")}
        customer.says("where is my order", "order_status")
        for text in said[step]:
            customer.says(text, "provide_order_details")
        assert customer.task is not None and customer.task.step == step
        return customer

    return asked


def test_no_second_code_is_sent_while_one_is_on_its_way(
    at: Callable[[str], Person], letters: Letters
) -> None:
    customer = at("code")
    code = letters.code()
    for text, intent in (
        ("where is my order", "order_status"),
        ("where is order A1001", "order_status"),
        ("a-1001, jane@example.com", "provide_order_details"),
        ("cancel order A1001", "cancel_order"),
        ("I want to cancel it", "cancel_order"),
        ("an invoice please", "invoice"),
    ) * 3:
        assert "on its way to the address" in customer.hears(text, intent)
    assert len(letters.sent) == 1
    assert "Invoice for order A1001" in customer.hears(code)


def test_after_something_else_the_code_is_still_awaited(
    at: Callable[[str], Person], letters: Letters
) -> None:
    customer = at("code")
    code = letters.code()
    customer.says("show me my cart", "view_cart")
    assert customer.task is None
    assert "on its way to the address" in customer.hears("where is my order", "order_status")
    customer.says("show me my cart", "view_cart")
    assert "A1001" in customer.hears(code, "provide_order_details")
    assert len(letters.sent) == 1


@pytest.mark.parametrize("step", ["number", "email", "code"])
def test_a_price_is_no_order_number(at: Callable[[str], Person], step: str) -> None:
    customer = at(step)
    assert customer.task is not None
    assert not answers("tents under 200", "search_products", customer.task)
    assert answers("483920", "search_products", customer.task)


def test_a_number_that_was_mistyped_is_corrected(customer: Person, letters: Letters) -> None:
    customer.says("where is A1010, jane@example.com", "order_status")
    assert letters.sent == []
    assert "If that address belongs" in customer.hears("sorry, A1001", "provide_order_details")
    assert "on its way" in customer.hears(letters.code())


@pytest.mark.parametrize(
    "words", ["send me another code", "resend", "I didn't get a code", "Send me another code"]
)
def test_another_code_is_sent_to_who_asks(
    at: Callable[[str], Person], letters: Letters, words: str
) -> None:
    customer = at("code")
    letters.code()
    letters.sent.clear()
    assert "just sent" in customer.hears(words, "voucher")
    assert "on its way" in customer.hears(letters.code())


def test_too_short_a_code_is_none_and_no_voucher(at: Callable[[str], Person]) -> None:
    customer = at("code")
    assert "six digits" in customer.hears("the code is 12", "voucher")
    assert customer.task is not None and customer.task.step == "code"


def test_a_code_is_no_order_number(at: Callable[[str], Person], letters: Letters) -> None:
    customer = at("number")
    assert "look like a code" in customer.hears("483 920", "provide_order_details")
    assert customer.task is not None and customer.task.number == ""
    customer.says("#483920", "provide_order_details")
    assert customer.task.number == "483920"
    assert letters.sent == []


@pytest.mark.parametrize(
    "words",
    [
        "I don't have the number",
        "i dont know it",
        "I lost it",
        "where do I find that?",
        "what is my order number",
        "no idea",
    ],
)
def test_who_has_no_number_is_found_by_the_address(
    at: Callable[[str], Person], letters: Letters, words: str
) -> None:
    customer = at("number")
    asked = customer.hears(words)
    assert "confirmation e-mail" in asked and "which address" in asked
    sent = customer.hears("jane@example.com", "provide_order_details")
    assert "If there are orders under that address" in sent
    assert "A1001" in customer.hears(letters.code())


def test_the_address_may_come_in_place_of_the_number(
    at: Callable[[str], Person], letters: Letters
) -> None:
    customer = at("number")
    assert "If there are orders" in customer.hears("jane@example.com", "provide_order_details")
    assert "A1001" in customer.hears(letters.code())


def test_who_has_no_orders_is_answered_alike_and_gets_no_letter(
    context: ActionContext, letters: Letters
) -> None:
    said = []
    for conversation, email in (("d" * 32, "nobody@example.com"), ("e" * 32, "jane@example.com")):
        person = Person(context, conversation=conversation)
        person.says("where is my order", "order_status")
        said.append(person.hears(email, "provide_order_details"))
    assert said[0] == said[1]
    letters.code()
    assert [to for to, _ in letters.sent] == ["jane@example.com"]


@pytest.mark.parametrize("step", ["number", "email", "code"])
@pytest.mark.parametrize(
    "words", ["cancel", "exit", "quit", "no", "stop", "No thanks", "Never mind"]
)
def test_who_wants_out_is_let_go(at: Callable[[str], Person], step: str, words: str) -> None:
    customer = at(step)
    assert "leave the order" in customer.hears(words, "deny")
    assert customer.task is None


@pytest.mark.parametrize("step", ["number", "email"])
@pytest.mark.parametrize(
    "words", ["no i dont want to give my email", "why do you need it?", "I'd rather not", "why?"]
)
def test_who_asks_why_is_told_and_may_go_on(
    at: Callable[[str], Person], step: str, words: str
) -> None:
    customer = at(step)
    told = customer.hears(words, "ask_policy" if words.endswith("?") else "deny")
    assert "sees your order" in told or "gets to see it" in told
    assert "Call 555-0142" in told and "/policies/contact" in told
    assert customer.task is not None and customer.task.step == step


def test_why_a_code(at: Callable[[str], Person]) -> None:
    assert "really you" in at("code").hears("why do I need a code?")


@pytest.mark.parametrize("step", ["email", "code"])
@pytest.mark.parametrize(
    "words", ["i can't access that email anymore", "I no longer have that address"]
)
def test_who_lost_the_mailbox_is_told_whom_to_call(
    at: Callable[[str], Person], step: str, words: str
) -> None:
    customer = at(step)
    assert "Call 555-0142" in customer.hears(words)
    assert customer.task is None


def test_after_the_last_try_of_the_hour_people_help(
    at: Callable[[str], Person], letters: Letters
) -> None:
    customer = at("code")
    for _ in range(2):
        for _ in range(5):
            letters.code()
            told = customer.hears("000000")
        customer.says("send me another code")
    assert "Call 555-0142" in told


def test_a_code_of_somebody_elses_conversation_is_none_here(
    at: Callable[[str], Person], letters: Letters
) -> None:
    at("code")
    stranger = Person(at("code").context, conversation="d" * 32)
    stranger.says("where is my order", "order_status")
    assert "look like a code" in stranger.hears(letters.code(), "provide_order_details")


def test_an_expired_code_is_replaced_when_asked_for(
    at: Callable[[str], Person], letters: Letters
) -> None:
    customer = at("code")
    old = letters.code()
    with customer.context.sessions.begin() as session:
        session.execute(delete(OneTimeCode))
    assert "Shall I send you a new one" in customer.hears(old)
    letters.sent.clear()
    assert "just sent" in customer.hears("yes please", "affirm")
    assert "on its way" in customer.hears(letters.code())


def test_orders_found_by_the_address_are_chosen_from(
    at: Callable[[str], Person], letters: Letters
) -> None:
    customer = at("number")
    with customer.context.sessions.begin() as session:
        first = session.get_one(Order, "A1001")
        session.add(
            Order(
                number="A1009",
                customer_id=first.customer_id,
                status=first.status,
                placed_at=first.placed_at,
                currency="USD",
                total=first.total,
                lines=[OrderLine(position=0, title="Fell Boot", quantity=1, unit_price=1)],
            )
        )
    customer.says("I don't have the number")
    customer.says("jane@example.com")
    assert "Which order" in customer.hears(letters.code())
    assert "A1009" in customer.hears("A1009", "provide_order_details")
