"""What customers answer while something is sent back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.actions.context import ActionContext
from bot.desk.desks import Desks
from bot.desk.hours import Hours
from bot.orders.desk import OrderDesk
from bot.orders.engines.database import DatabaseOrders
from bot.orders.returns import ReturnTerms
from bot.support.handing_over import People
from catalog.models import (
    Order,
    OrderLine,
    OrderReturn,
    OrderReturnLine,
    OrderStatus,
    Policy,
    Product,
    Variant,
)
from tests.bot.actions.orders.person import Person
from tests.bot.conftest import Letters

NOW = datetime.now(UTC)


@pytest.fixture
def context(context: ActionContext) -> ActionContext:
    """Jane got a sweater in two sizes, boots, and three notebooks."""
    with context.sessions.begin() as session:
        session.add(
            Product(
                id="sweater",
                title="Breton Sweater",
                category="Clothing > Sweaters",
                variants=[
                    Variant(
                        id=f"sweater-{color}-{size}",
                        position=place,
                        color=color,
                        size=size,
                        price=Decimal(60),
                        currency="USD",
                        stock=3,
                    )
                    for place, (color, size) in enumerate(
                        (color, size) for color in ("black", "burgundy") for size in ("S", "M", "L")
                    )
                ],
            )
        )
        session.flush()  # the lines name its variants
        bought = (
            ("Breton Sweater, black, M", "sweater-black-M", 1),
            ("Breton Sweater, black, L", "sweater-black-L", 1),
            ("Fell Boot", "boot", 1),
            ("Field Notebook", None, 3),
        )
        session.add(
            Order(
                number="A1010",
                customer_id="c1",
                status=OrderStatus.DELIVERED,
                placed_at=NOW - timedelta(days=9),
                delivered_at=NOW - timedelta(days=3),
                currency="USD",
                total=Decimal(300),
                lines=[
                    OrderLine(
                        position=place,
                        title=title,
                        quantity=quantity,
                        unit_price=Decimal(120 if variant == "boot" else 60),
                        variant_id=variant,
                    )
                    for place, (title, variant, quantity) in enumerate(bought)
                ],
            )
        )
    return context


@pytest.fixture
def customer(context: ActionContext) -> Person:
    return Person(context).is_verified()


@pytest.fixture
def at(customer: Person) -> Callable[..., str]:
    """What is heard after these words, and a return of A1010 before them."""

    def hears(*said: str) -> str:
        heard = customer.hears("return something from A1010", "return_order")
        for text in said:
            heard = customer.hears(text)
        return heard

    return hears


def lines_returned(context: ActionContext) -> dict[int, tuple[int, str | None]]:
    with context.sessions() as session:
        lines = session.scalars(select(OrderReturnLine)).all()
        return {line.position: (line.quantity, line.exchange_variant_id) for line in lines}


def test_a_line_is_chosen_by_its_size_before_anything_is_searched(customer: Person) -> None:
    customer.says("return something from A1010", "return_order")
    assert "reason" in customer.hears("medium", "refine_search")
    asked = customer.hears("too small", "search_products")
    assert "unused" in asked
    assert "black, M" in customer.hears("yes", "affirm")


def test_what_fits_several_lines_is_asked_among_them(customer: Person) -> None:
    asked = customer.says("return the sweater from A1010", "return_order").replies[0]
    assert "Which do you mean" in asked.text
    assert "Fell Boot" not in asked.quick_replies
    assert "sending back Breton Sweater, black, L" in customer.hears("the large one")


def test_several_lines_go_at_once(at: Callable[..., str]) -> None:
    heard = at("the boots and the medium sweater", "I changed my mind", "yes")
    assert "1 × Breton Sweater, black, M and 1 × Fell Boot" in heard


def test_everything_goes_at_once(at: Callable[..., str]) -> None:
    heard = at("everything", "I changed my mind", "yes")
    assert "3 × Field Notebook" in heard
    assert "black, L" in heard


@pytest.mark.parametrize(
    ("said", "count"), [("2", 2), ("just one", 1), ("all", 3), ("All 3", 3), ("two please", 2)]
)
def test_how_many_is_asked(
    context: ActionContext, at: Callable[..., str], said: str, count: int
) -> None:
    assert "All 3, or how many?" in at("the notebooks")
    at("the notebooks", said, "changed my mind", "unused", "yes")
    assert lines_returned(context) == {3: (count, None)}


def test_how_many_may_be_said_at_once(customer: Person) -> None:
    assert "reason" in customer.hears("return 2 notebooks from A1010", "return_order")


def test_more_than_there_are_is_asked_again(at: Callable[..., str]) -> None:
    assert "All 3, or how many?" in at("the notebooks", "5")


@pytest.mark.parametrize("said", ["where do I send the return", "how long does it take?"])
def test_a_question_is_no_reason(customer: Person, at: Callable[..., str], said: str) -> None:
    at("the boots")
    answer = customer.says(said, "return_order")
    assert len(answer.replies) > 1
    assert "What's the reason" in answer.replies[-1].text
    assert customer.task is not None
    assert "reason" not in customer.task.details


@pytest.mark.parametrize("said", ["x", "asdfgh"])
def test_what_says_nothing_is_no_reason(
    customer: Person, at: Callable[..., str], said: str
) -> None:
    customer.context.search.unknown.add("asdfgh")  # type: ignore[attr-defined]
    assert "What's the reason" in at("the boots", said)


def test_a_reason_in_ones_own_words_is_one(at: Callable[..., str]) -> None:
    assert "unused" in at("the boots", "my brother bought me a pair as well")


@pytest.mark.parametrize(
    ("said", "goes_on"),
    [
        ("yes", True), ("yes, unused", True), ("never worn", True), ("it's new", True),
        ("no", False), ("used", False), ("worn once", False),
    ],
)  # fmt: skip
def test_yes_is_unused(at: Callable[..., str], said: str, goes_on: bool) -> None:
    heard = at("the boots", "too small", said)
    assert ("Shall I start the return" in heard) is goes_on
    assert ("Used things" in heard) is not goes_on


def test_a_size_that_several_versions_have_is_asked_among_them(
    context: ActionContext, customer: Person, at: Callable[..., str]
) -> None:
    customer.says("exchange the medium sweater from A1010, too large", "return_order")
    assert "in place of" in customer.hears("unused")
    assert customer.hears("S") == "black or burgundy?"
    assert "for burgundy, S" in customer.hears("the burgundy one")
    assert "asked for the exchange" in customer.hears("yes")
    assert lines_returned(context) == {0: (1, "sweater-burgundy-S")}


@pytest.fixture
def staffed(context: ActionContext) -> ActionContext:
    opening = Hours.parse("", "UTC")
    people = People(
        Desks(context.sessions), opening, lambda text: False, context.identities, context.sessions
    )
    return replace(context, people=people)


def test_what_there_is_can_be_asked(customer: Person) -> None:
    customer.says("exchange the medium sweater from A1010, too large", "return_order")
    customer.says("unused")
    told = customer.hears("what colours do you have?", "search_products")
    assert "There is: black, S, black, L" in told
    assert "didn't get" not in told
    assert "didn't get that" in customer.hears("purple", "refine_search")
    assert "for burgundy, L" in customer.hears("burgundy in L")


def test_after_two_answers_that_say_nothing_there_is_a_way_out(staffed: ActionContext) -> None:
    customer = Person(staffed).is_verified()
    customer.says("exchange the medium sweater from A1010, too large", "return_order")
    customer.says("unused")
    assert "didn't get that" in customer.hears("hm well")
    stuck = customer.says("hm well so").replies[0]
    assert "a person can go on" in stuck.text
    assert {"Never mind", "Talk to a person"} <= set(stuck.quick_replies)
    assert "for black, S" in customer.hears("black, S")


def test_it_is_told_where_it_goes_and_by_when(at: Callable[..., str]) -> None:
    told = at("the boots", "too small", "yes", "yes")
    assert "A1010-R1 on the parcel and send it to Fernway Returns, 1 Dock Road." in told
    assert "Please send it by" in told
    assert "  " not in told


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        (ReturnTerms(30), "our page “Returns”: /policies/returns"),
        (ReturnTerms(30, "", "https://l.example/{number}"), "https://l.example/A1010-R1"),
    ],
)
def test_without_an_address_there_is_a_label_or_a_page(
    context: ActionContext, terms: ReturnTerms, says: str
) -> None:
    orders = OrderDesk(DatabaseOrders(context.sessions, terms), context.sessions, terms)
    customer = Person(replace(context, orders=orders)).is_verified()
    customer.says("return the boots from A1010, too small, unused", "return_order")
    assert says in customer.hears("yes")
    assert says in customer.hears("how do I get the label", "return_order")


def test_without_anything_the_shop_is_asked(context: ActionContext) -> None:
    with context.sessions.begin() as session:
        session.delete(session.get_one(Policy, "returns"))
    terms = ReturnTerms(30)
    orders = OrderDesk(DatabaseOrders(context.sessions, terms), context.sessions, terms)
    customer = Person(replace(context, orders=orders)).is_verified()
    customer.says("return the boots from A1010, too small, unused", "return_order")
    assert "Where it goes, the people of" in customer.hears("yes")


def test_a_return_is_followed_and_not_started_twice(
    context: ActionContext, customer: Person, at: Callable[..., str]
) -> None:
    at("the boots", "too small", "yes", "yes")
    for said in ("status of my return A1010", "how is my return going"):
        assert "A1010-R1 (1 × Fell Boot)" in customer.hears(said, "return_order")
    again = customer.hears("return the boots from A1010", "return_order")
    assert "on its way back already" in again
    assert "waiting for the parcel" in again
    assert "1 Dock Road" in again
    with context.sessions() as session:
        assert len(session.scalars(select(OrderReturn)).all()) == 1


def test_the_rest_of_an_order_can_still_go_back(customer: Person, at: Callable[..., str]) -> None:
    at("the boots", "too small", "yes", "yes")
    assert "reason" in customer.hears("return the medium sweater from A1010", "return_order")


def test_a_return_is_called_off_by_people(staffed: ActionContext, at: Callable[..., str]) -> None:
    at("the boots", "too small", "yes", "yes")
    for context, ways in (
        (staffed, ("Talk to a person",)),
        (replace(staffed, people=None), ("How can I contact you?",)),
    ):
        customer = Person(context).is_verified()
        [told] = customer.says("I want to cancel the return A1010-R1", "cancel_order").replies
        assert "can't call off the return A1010-R1" in told.text
        assert "already" not in told.text
        assert told.quick_replies == ways


def test_a_return_that_is_only_talked_of_is_dropped(
    context: ActionContext, customer: Person, at: Callable[..., str]
) -> None:
    at("the boots")
    assert "nothing is sent back" in customer.hears("cancel the return", "cancel_order")
    assert lines_returned(context) == {}


def test_a_line_of_several_is_told_with_its_sum(customer: Person) -> None:
    told = customer.hears("invoice for A1010", "invoice")
    assert "• Field Notebook: 3 × $60.00 = $180.00" in told
    assert "• Fell Boot: $120.00" in told


def test_something_broken_is_of_the_order_that_was_shown(
    context: ActionContext, customer: Person
) -> None:
    customer.says("where is A1010", "order_status")
    asked = customer.hears("my boots arrived broken!!", "complaint")
    assert "send you a new one, or would you like your money back" in asked
    assert "To be replaced, from order" in customer.hears("a new one please")
    assert "asked for the replacement" in customer.hears("yes")
    assert lines_returned(context) == {2: (1, "boot")}


@pytest.mark.parametrize("said", ["it's defective", "it arrived damaged", "wrong item"])
def test_a_fault_needs_nothing_unused(at: Callable[..., str], said: str) -> None:
    assert "new one" in at("the boots", said)
    assert "Shall I start the return" in at("the boots", said, "my money back")


def test_what_was_said_first_survives_the_code(context: ActionContext, letters: Letters) -> None:
    customer = Person(context)
    customer.says("return the boots from A1010, too small", "return_order")
    customer.says("jane@example.com", "provide_order_details")
    assert "unused" in customer.hears(letters.code())
