from dataclasses import replace

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions import routing
from bot.actions.cart.change_cart import ChangeCart
from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.shopping.cart import Cart
from bot.shopping.state import ShoppingState
from catalog.models import Variant
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch

CART = Cart().with_more("boot", 2, "Fell Boot").with_more("runner-blue-10", 3, "Heron Runner")
STATE = ShoppingState(cart=CART, focus="boot")


def change(context: ActionContext, words: str, state: ShoppingState = STATE) -> Answer:
    return ChangeCart(context).answer(Turn(words, state))


def cart_of(answer: Answer) -> dict[str, int]:
    assert answer.state is not None
    return {line.id: line.quantity for line in answer.state.cart.lines}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("make it four", 4),
        ("one more", 3),
        ("another two", 4),
        ("one less", 1),
        ("change the quantity to 5", 5),
        ("make the first one 7", 7),
    ],
)
def test_the_quantity_changes(context: ActionContext, words: str, number: int) -> None:
    answer = change(context, words)
    assert cart_of(answer) == {"boot": number, "runner-blue-10": 3}
    assert "Your cart comes to" in answer.replies[0].text


@pytest.mark.parametrize("words", ["make it zero", "two less", "five fewer"])
def test_none_left_takes_it_out(context: ActionContext, words: str) -> None:
    answer = change(context, words)
    assert cart_of(answer) == {"runner-blue-10": 3}
    assert "Fell Boot" in answer.replies[0].text


def test_no_more_than_there_are(context: ActionContext) -> None:
    answer = change(context, "make it 1000", replace(STATE, focus="runner-blue-10"))
    assert cart_of(answer)["runner-blue-10"] == 20
    assert "only 20 of it" in answer.replies[0].text


def in_stock(shop: sessionmaker[Session]) -> None:
    with shop.begin() as session:
        session.get_one(Variant, "runner-blue-9").stock = 2


def test_another_size_takes_the_place(
    context: ActionContext, search: ScriptedSearch, shop: sessionmaker[Session]
) -> None:
    in_stock(shop)
    words = "change it to size 9"
    search.understood[words] = ParsedQuery("", Constraints(size=("9",)))
    answer = change(context, words, replace(STATE, focus="runner-blue-10"))
    # Of size 9 there are only two.
    assert cart_of(answer) == {"boot": 2, "runner-blue-9": 2}
    assert "blue in size 9" in answer.replies[0].text
    assert "only 2 of it" in answer.replies[0].text


def test_a_bare_number_may_be_a_size(context: ActionContext, shop: sessionmaker[Session]) -> None:
    in_stock(shop)
    answer = change(context, "change it to 9", replace(STATE, focus="runner-blue-10"))
    assert "runner-blue-9" in cart_of(answer)


def test_a_size_bigger_or_smaller(context: ActionContext, shop: sessionmaker[Session]) -> None:
    in_stock(shop)
    state = replace(STATE, focus="runner-blue-10")
    smaller = change(context, "make it one size smaller", state)
    assert "runner-blue-9" in cart_of(smaller)
    bigger = change(context, "do you have it one size bigger?", state)
    assert cart_of(bigger) == {"boot": 2, "runner-blue-10": 3}
    assert "isn't in stock. There is 9." in bigger.replies[0].text


def test_a_version_that_is_sold_out_changes_nothing(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.understood["in 9 instead"] = ParsedQuery("", Constraints(size=("9",)))
    answer = change(context, "in 9 instead", replace(STATE, focus="runner-blue-10"))
    assert cart_of(answer) == {"boot": 2, "runner-blue-10": 3}
    assert "sold out" in answer.replies[0].text


def test_a_size_that_does_not_exist_is_asked_about(
    context: ActionContext, search: ScriptedSearch
) -> None:
    words = "change it to size 12"
    search.understood[words] = ParsedQuery("", Constraints(size=("12",)))
    answer = change(context, words, replace(STATE, focus="runner-blue-10"))
    assert cart_of(answer) == {"boot": 2, "runner-blue-10": 3}
    assert "doesn't come in size 12" in answer.replies[0].text
    assert answer.replies[0].quick_replies == ("Size 10",)


def test_what_to_change_is_asked_and_answered(context: ActionContext) -> None:
    asked = change(context, "change it")
    assert "What shall I change about Fell Boot?" in asked.replies[0].text
    assert asked.state is not None
    turn = Turn("One more", replace(asked.state, question=None), question=asked.state.question)
    name, turn = routing.route(context, turn, "show_more")
    assert name == "change_cart"
    assert cart_of(ChangeCart(context).answer(turn))["boot"] == 3


def test_which_of_two_is_asked_and_the_words_are_kept(context: ActionContext) -> None:
    asked = change(context, "change the quantity to 4", replace(STATE, focus=None))
    assert asked.state is not None
    assert asked.state.question is not None
    assert asked.state.question.options == ("boot", "runner-blue-10")
    assert asked.state.shown == ()
    assert asked.state.cart == CART


def test_an_empty_cart_is_said(context: ActionContext) -> None:
    answer = change(context, "make it two", ShoppingState())
    assert answer.replies[0].text == "Your cart is empty so far."
