from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.context import ActionContext
from bot.actions.products.compare import Compare
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from catalog.models import Product, Variant
from recommender.query.constraints import Constraints
from tests.bot.conftest import ScriptedSearch, offer

STATE = ShoppingState(text="headphones", shown=("ova", "bolt", "cove"))


@pytest.fixture(autouse=True)
def headphones(shop: sessionmaker[Session]) -> None:
    with shop.begin() as session:
        for id, title, brand, price, attributes in (
            ("ova", "Ova Headphones", "Sonavo", "90", {"rating": "4.5", "battery_life": "38 h"}),
            ("bolt", "Bolt Headphones", "Klarton", "120", {"rating": "4.1", "weight": "90 g"}),
            ("cove", "Cove Headphones", "Klarton", "120", {"battery_life": "38 h"}),
        ):
            variant = Variant(id=id, price=Decimal(price), currency="USD", stock=3)
            session.add(
                Product(id=id, title=title, brand=brand, attributes=attributes, variants=[variant])
            )


def compare(context: ActionContext, words: str, state: ShoppingState = STATE) -> Answer:
    return Compare(context).answer(Turn(words, state))


def compared(answer: Answer) -> Sequence[str]:
    assert answer.state is not None
    return answer.state.comparison


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("compare the first and the third", ("ova", "cove")),
        ("what's the difference between the Ova and the Bolt?", ("ova", "bolt")),
        ("which is better, the second or the third?", ("bolt", "cove")),
        ("which one is better?", ("ova", "bolt", "cove")),
        ("which is cheaper?", ("ova", "bolt", "cove")),
        ("compare them", ("ova", "bolt", "cove")),
        ("compare all of these", ("ova", "bolt", "cove")),
        ("compare the second with the others", ("bolt", "ova", "cove")),
        ("which would you recommend?", ("ova", "bolt", "cove")),
        ("compare all of them", ("ova", "bolt", "cove")),
    ],
)
def test_those_meant_are_compared(context: ActionContext, words: str, ids: tuple[str, ...]) -> None:
    assert compared(compare(context, words)) == ids


def test_it_is_the_one_spoken_of(context: ActionContext) -> None:
    answer = compare(context, "compare it with the second", replace(STATE, focus="cove"))
    assert compared(answer) == ("cove", "bolt")


def test_after_a_comparison_which_is_better_is_of_those(context: ActionContext) -> None:
    state = replace(STATE, comparison=("ova", "cove"))
    assert compared(compare(context, "which is cheaper?", state)) == ("ova", "cove")
    assert compared(compare(context, "which of those two is better?", state)) == ("ova", "cove")


def test_all_of_them_are_those_on_the_screen(context: ActionContext) -> None:
    state = replace(STATE, comparison=("ova", "cove"))
    assert compared(compare(context, "compare all of them", state)) == STATE.shown


def test_one_named_in_full_need_not_have_been_shown(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("boot", title="Fell Boot")]
    assert compared(compare(context, "compare the ova with the fell boot")) == ("ova", "boot")


def test_a_place_that_there_is_not_is_said(context: ActionContext) -> None:
    answer = compare(context, "compare the first and the seventh")
    assert compared(answer) == ()
    assert "3 products" in answer.replies[0].text


def test_those_two_of_three_are_asked_for(context: ActionContext) -> None:
    answer = compare(context, "which of those two is better?")
    assert answer.state is not None
    assert answer.state.question is not None
    assert answer.replies[0].table is None


def test_the_table_has_what_differs_alone(context: ActionContext) -> None:
    table = compare(context, "compare the first and the second").replies[0].table
    assert table is not None
    assert table.columns == ("Ova Headphones", "Bolt Headphones")
    assert dict(table.rows) == {
        "Price": ("$90.00", "$120.00"),
        "Rating": ("4.5 stars", "4.1 stars"),
        "Brand": ("Sonavo", "Klarton"),
        "Battery life": ("38 h", ""),
        "Weight": ("", "90 g"),
    }


def test_versions_of_one_product_are_told_apart(context: ActionContext) -> None:
    state = replace(STATE, shown=("runner-red-9", "runner-blue-9"))
    (reply,) = compare(context, "compare these two", state).replies
    assert reply.table is not None
    assert reply.table.columns == ("Heron Runner, red, 9", "Heron Runner, blue, 9")
    assert reply.table.rows == (("Availability", ("In stock", "Sold out")),)
    assert "Only Heron Runner, red, 9 is in stock." in reply.text


@pytest.mark.parametrize(
    ("words", "said", "winner"),
    [
        ("which of the first two is cheaper?", "Ova Headphones is the cheaper one, at $90", "ova"),
        ("which is the cheapest?", "Ova Headphones is the cheapest, at $90.00", "ova"),
        ("which has better reviews?", "Ova Headphones is the better rated, with 4.5", "ova"),
        ("which of the last two is cheaper?", "They cost the same", None),
        ("which is better, the second or the third?", "", None),
        ("which is better?", "Ova Headphones is the better rated", "ova"),
        ("which is warmer?", "doesn't say which is warmer", None),
        ("which is more comfortable?", "doesn't say which is more comfortable", None),
    ],
)
def test_the_sentence_is_about_what_was_asked(
    context: ActionContext, words: str, said: str, winner: str | None
) -> None:
    answer = compare(context, words)
    assert said in answer.replies[0].text
    assert answer.state is not None
    assert answer.state.focus == winner


def test_what_fits_more_of_the_wish_is_said_with_its_reason(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.unmet_by = {"bolt": ("price_max",), "cove": ("price_max",)}
    state = replace(STATE, filters=Constraints(price_max=Decimal(100)))
    answer = compare(context, "which is better?", state)
    assert "Ova Headphones fits more of what you asked for: $90.00, under $100." in (
        answer.replies[0].text
    )
    assert answer.state is not None
    assert answer.state.focus == "ova"


def test_where_all_suit_that_is_said(context: ActionContext) -> None:
    state = replace(STATE, filters=Constraints(price_max=Decimal(200)))
    (reply,) = compare(context, "compare the second and the third", state).replies
    assert reply.text == "Both suit what you asked for."


@pytest.mark.parametrize("state", [ShoppingState(), replace(STATE, shown=("deleted", "gone"))])
def test_nothing_to_compare_is_said(context: ActionContext, state: ShoppingState) -> None:
    (reply,) = compare(context, "compare the first and the second", state).replies
    assert reply.table is None
    assert reply.text


def test_one_alone_is_not_compared(context: ActionContext) -> None:
    (reply,) = compare(context, "compare them", replace(STATE, shown=("ova",))).replies
    assert "two products" in reply.text


def test_no_more_than_four_stand_beside_each_other(context: ActionContext) -> None:
    shown = ("ova", "bolt", "cove", "boot", "runner-red-9")
    answer = compare(context, "compare all of them", replace(STATE, shown=shown))
    assert compared(answer) == shown[:4]
    assert "at most 4" in answer.replies[0].text
