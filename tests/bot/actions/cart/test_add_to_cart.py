from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions import routing
from bot.actions.cart.add_to_cart import AddToCart
from bot.actions.cart.save_product import SaveProduct
from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.shopping.cart import MOST_LINES, MOST_OF_ONE, Cart
from bot.shopping.state import ShoppingState
from catalog.models import Product, Variant
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch

STATE = ShoppingState(text="shoes", shown=("boot", "runner-red-9"))


def add(context: ActionContext, words: str, state: ShoppingState = STATE) -> Answer:
    return AddToCart(context).answer(Turn(words, state))


def cart_of(answer: Answer) -> dict[str, int]:
    assert answer.state is not None
    return {line.id: line.quantity for line in answer.state.cart.lines}


@pytest.fixture
def in_a_9(search: ScriptedSearch) -> None:
    for words in ("add the second one in size 9", "add both in size 9", "Size 9"):
        search.understood[words] = ParsedQuery(words, Constraints(size=("9",)))
    search.understood["Size 10"] = ParsedQuery("", Constraints(size=("10",)))


def test_the_first_one_is_added_and_told(context: ActionContext) -> None:
    answer = add(context, "add the first one")
    assert cart_of(answer) == {"boot": 1}
    (reply,) = answer.replies
    assert "Fell Boot for $120.00" in reply.text
    assert "Your cart comes to $120.00." in reply.text
    assert "Checkout" in reply.quick_replies
    assert answer.state is not None
    assert answer.state.focus == "boot"
    assert answer.state.prices["boot"] == 120


@pytest.mark.usefixtures("in_a_9")
def test_a_size_said_is_the_version_added(context: ActionContext) -> None:
    answer = add(context, "add the second one in size 9")
    assert cart_of(answer) == {"runner-red-9": 1}
    assert "Heron Runner (red in size 9)" in answer.replies[0].text


@pytest.mark.usefixtures("in_a_9")
def test_a_size_is_asked_for_and_the_answer_keeps_the_number(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    state = replace(STATE, shown=("boot", "runner-blue-10"))
    with shop.begin() as session:
        session.get_one(Variant, "runner-blue-9").stock = 5
    asked = add(context, "two of the second one", state)
    assert cart_of(asked) == {}
    assert "Which size of Heron Runner" in asked.replies[0].text
    assert asked.replies[0].quick_replies == ("Size 9", "Size 10")
    assert asked.state is not None
    assert asked.state.question is not None
    turn = Turn("the 10 please", replace(asked.state, question=None), question=asked.state.question)
    name, turn = routing.route(context, turn, "refine_search")
    assert name == "add_to_cart"
    assert cart_of(AddToCart(context).answer(turn)) == {"runner-blue-10": 2}


@pytest.mark.usefixtures("in_a_9")
def test_both_are_added(context: ActionContext) -> None:
    answer = add(context, "add both in size 9")
    assert cart_of(answer) == {"boot": 1, "runner-red-9": 1}
    assert "Your cart comes to $200.00." in answer.replies[0].text


@pytest.mark.parametrize(
    ("words", "cart"),
    [
        ("two of the first and three of the second", {"boot": 2, "runner-red-9": 3}),
        ("two of the first and the second", {"boot": 2, "runner-red-9": 2}),
    ],
)
def test_each_has_its_own_number(context: ActionContext, words: str, cart: dict[str, int]) -> None:
    answer = add(context, words)
    assert cart_of(answer) == cart
    assert answer.state is not None
    assert answer.state.cart_before == Cart()


def test_each_has_its_own_size(
    context: ActionContext, search: ScriptedSearch, shop: sessionmaker[Session]
) -> None:
    for part, size in (("add the first in a 10", "10"), ("the second in a 9", "9")):
        search.understood[part] = ParsedQuery("", Constraints(size=(size,)))
    with shop.begin() as session:
        session.get_one(Variant, "runner-blue-9").stock = 5
    state = replace(STATE, shown=("runner-blue-9", "runner-red-9"))
    answer = add(context, "add the first in a 10 and the second in a 9", state)
    assert cart_of(answer) == {"runner-blue-10": 1, "runner-red-9": 1}


def test_of_several_those_that_need_a_size_are_asked_about(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        session.get_one(Variant, "runner-blue-9").stock = 5
    answer = add(context, "add both", replace(STATE, shown=("runner-blue-10", "boot")))
    assert cart_of(answer) == {"boot": 1}
    assert "Which size of Heron Runner" in answer.replies[0].text


def test_the_next_size_is_asked_for_after_the_first(
    context: ActionContext, search: ScriptedSearch, shop: sessionmaker[Session]
) -> None:
    search.understood["Size 9"] = ParsedQuery("", Constraints(size=("9",)))
    search.understood["Size M"] = ParsedQuery("", Constraints(size=("m",)))
    with shop.begin() as session:
        sizes = [("sock-s", "S"), ("sock-m", "M")]
        socks = [Variant(id=id, size=size, stock=9, price=Decimal(5)) for id, size in sizes]
        session.add(Product(id="sock", title="Wool Sock", variants=socks))
        session.get_one(Variant, "runner-blue-9").stock = 5
    asked = add(context, "two of both", replace(STATE, shown=("runner-blue-10", "sock-s"))).state
    assert asked is not None
    turn = Turn("Size 9", replace(asked, question=None), question=asked.question)
    second = AddToCart(context).answer(turn)
    assert cart_of(second) == {"runner-blue-9": 2}
    assert "Which size of Wool Sock" in second.replies[0].text
    assert second.state is not None
    turn = Turn("Size M", replace(second.state, question=None), question=second.state.question)
    assert cart_of(AddToCart(context).answer(turn)) == {"runner-blue-9": 2, "sock-m": 2}


def test_the_size_that_was_searched_for_is_taken(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        session.get_one(Variant, "runner-blue-9").stock = 5
    filters = Constraints(size=("10",))
    state = replace(STATE, filters=filters, shown=("runner-blue-10", "boot"))
    assert cart_of(add(context, "add the first one", state)) == {"runner-blue-10": 1}


def test_another_of_what_is_in_the_cart_is_the_same_version(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        session.get_one(Variant, "runner-blue-9").stock = 5
    cart = Cart().with_more("runner-blue-10")
    state = replace(STATE, cart=cart, focus="runner-blue-10")
    assert cart_of(add(context, "add it again", state)) == {"runner-blue-10": 2}


@pytest.mark.parametrize(("words", "number"), [("add 3 of it", 3), ("two of those", 2)])
def test_a_number_is_one_products(context: ActionContext, words: str, number: int) -> None:
    answer = add(context, words, replace(STATE, focus="boot"))
    assert cart_of(answer) == {"boot": number}


def test_them_without_a_word_more_is_not_all_that_is_shown(context: ActionContext) -> None:
    state = replace(STATE, shown=("boot", "runner-red-9", "runner-blue-10"))
    answer = add(context, "add them", state)
    assert cart_of(answer) == {}
    assert answer.state is not None
    assert answer.state.question is not None
    assert answer.state.question.kind == "which"
    assert answer.state.question.text == "add them"
    assert cart_of(add(context, "add them", replace(state, focus="boot"))) == {"boot": 1}


def test_no_more_than_there_are(context: ActionContext) -> None:
    state = replace(STATE, shown=("runner-red-9",), filters=Constraints(size=("9",)))
    answer = add(context, "add 1000", state)
    assert cart_of(answer) == {"runner-red-9": 4}
    assert "only 4 of it" in answer.replies[0].text
    assert answer.state is not None
    again = add(context, "add it again", answer.state)
    assert cart_of(again) == {"runner-red-9": 4}
    assert "All 4 of Heron Runner" in again.replies[0].text


def test_where_nobody_counts_a_cart_has_a_limit(context: ActionContext) -> None:
    answer = add(context, "add 1000", replace(STATE, shown=("boot",)))
    assert cart_of(answer) == {"boot": MOST_OF_ONE}
    assert "at most 99" in answer.replies[0].text


def test_none_is_a_question(context: ActionContext) -> None:
    answer = add(context, "add 0 of the first one")
    assert cart_of(answer) == {}
    assert "How many" in answer.replies[0].text


def test_more_of_it_adds_up(context: ActionContext) -> None:
    once = add(context, "add the first one").state
    assert once is not None
    twice = add(context, "add the first one", once)
    assert cart_of(twice) == {"boot": 2}
    assert "You have 2 of it" in twice.replies[0].text


def test_sold_out_is_said_with_what_can_be_done(context: ActionContext) -> None:
    state = replace(STATE, shown=("runner-blue-9",), filters=Constraints(size=("9",)))
    answer = add(context, "add it", state)
    assert cart_of(answer) == {}
    (reply,) = answer.replies
    assert "sold out" in reply.text
    assert "in stock in red" in reply.text
    assert reply.quick_replies == (
        "Add it in red, size 9",
        "Tell me when it's back",
        "Show me something like it",
    )
    assert answer.state is not None
    assert answer.state.focus == "runner-blue-9"


def test_it_is_the_version_that_is_sold_out_from_then_on(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.understood["add it in blue, size 9"] = ParsedQuery(
        "", Constraints(color=("blue",), size=("9",))
    )
    state = replace(STATE, focus="runner-red-9")
    after = add(context, "add it in blue, size 9", state).state
    assert after is not None
    assert after.focus == "runner-blue-9"
    saved = SaveProduct(context).answer(Turn("save it then", after)).state
    assert saved is not None
    assert saved.saved == ("runner-blue-9",)


def test_a_new_price_is_told(context: ActionContext) -> None:
    state = replace(STATE, prices={"boot": Decimal(100)})
    (reply,) = add(context, "add the first one", state).replies
    assert "it was $100.00 and is $120.00 now" in reply.text


def test_nothing_shown_adds_nothing(context: ActionContext) -> None:
    answer = add(context, "add it", ShoppingState())
    assert cart_of(answer) == {}
    assert "haven't shown you any product" in answer.replies[0].text


def test_a_product_that_is_gone_is_said_to_be(context: ActionContext) -> None:
    answer = add(context, "add the second one", replace(STATE, shown=("boot", "deleted")))
    assert cart_of(answer) == {}
    assert "no longer" in answer.replies[0].text


def test_a_full_cart_is_said(context: ActionContext) -> None:
    cart = Cart()
    for number in range(MOST_LINES):
        cart = cart.with_more(str(number))
    answer = add(context, "add the first one", replace(STATE, cart=cart))
    assert "boot" not in cart_of(answer)
    assert "full" in answer.replies[0].text


def test_moving_takes_it_off_the_wish_list(context: ActionContext) -> None:
    state = replace(STATE, focus="boot", saved=("boot", "runner-red-9"))
    answer = add(context, "move it to my cart", state)
    assert cart_of(answer) == {"boot": 1}
    assert answer.state is not None
    assert answer.state.saved == ("runner-red-9",)


def test_after_comparing_by_number_a_number_is_a_place(context: ActionContext) -> None:
    compared = replace(STATE, comparison=STATE.shown, focus="boot", act=("compare",))
    assert cart_of(add(context, "ok, I'll take 2", compared)) == {"runner-red-9": 1}
    spoken_of = replace(STATE, focus="boot", act=("product_details",))
    assert cart_of(add(context, "ok, I'll take 3", spoken_of)) == {"boot": 3}
