from dataclasses import replace

import pytest

from bot.actions.cart.remove_from_cart import RemoveFromCart
from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.actions.undo import Undo
from bot.shopping.cart import Cart
from bot.shopping.state import ShoppingState

CART = Cart().with_more("boot", 2, "Fell Boot").with_more("runner-blue-10", 3, "Heron Runner")
STATE = ShoppingState(text="shoes", shown=("runner-red-9", "boot"), cart=CART)


def remove(context: ActionContext, words: str, state: ShoppingState = STATE) -> Answer:
    return RemoveFromCart(context).answer(Turn(words, state))


def cart_of(answer: Answer) -> dict[str, int]:
    assert answer.state is not None
    return {line.id: line.quantity for line in answer.state.cart.lines}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("remove the boot", {"runner-blue-10": 3}),
        ("take the second out", {"boot": 2}),
        ("remove it", {"boot": 2}),
        ("remove both", {}),
        ("empty the cart", {}),
        ("remove everything", {}),
        ("clear my basket please", {}),
        ("remove one of the boots", {"boot": 1, "runner-blue-10": 3}),
        ("take two of the second one out", {"boot": 2, "runner-blue-10": 1}),
        ("remove 9 of the boots", {"runner-blue-10": 3}),
    ],
)
def test_what_is_named_goes(context: ActionContext, words: str, left: dict[str, int]) -> None:
    answer = remove(context, words)
    assert cart_of(answer) == left
    # The screen is not the cart, and stays as it is.
    assert answer.state is not None
    assert answer.state.shown == STATE.shown
    if not left:
        assert "empt" in answer.replies[0].text


@pytest.mark.parametrize("words", ["remove the kettle", "remove the kettle from my cart"])
def test_what_is_not_in_the_cart_is_said(context: ActionContext, words: str) -> None:
    answer = remove(context, words)
    assert answer.state in (None, STATE)
    assert "“kettle” isn't in your cart" in answer.replies[0].text


def test_from_an_empty_cart_nothing_goes(context: ActionContext) -> None:
    for words in ("remove the boot", "empty the cart"):
        answer = remove(context, words, replace(STATE, cart=Cart()))
        assert answer.replies[0].text == "Your cart is empty so far."


def test_which_one_is_asked_among_the_lines(context: ActionContext) -> None:
    answer = remove(context, "remove one")
    assert answer.state is not None
    assert answer.state.cart == CART
    assert answer.state.question is not None
    assert answer.state.question.options == ("boot", "runner-blue-10")


def test_what_the_shop_has_no_more_is_told_and_goes(context: ActionContext) -> None:
    cart = Cart().with_more("deleted", 1, "Old Clog").with_more("boot", 1, "Fell Boot")
    answer = remove(context, "remove the first", replace(STATE, cart=cart))
    assert "Old Clog: the shop no longer has it" in answer.replies[0].text
    assert cart_of(answer) == {"boot": 1}


def test_undo_brings_it_back(context: ActionContext) -> None:
    emptied = remove(context, "empty the cart").state
    assert emptied is not None
    answer = Undo(context).answer(Turn("undo that", replace(emptied, act=("remove_from_cart",))))
    assert cart_of(answer) == {"boot": 2, "runner-blue-10": 3}
    assert "2 × Fell Boot" in answer.replies[0].text
    # Once is enough: the next step back is the search's.
    assert answer.state is not None
    assert answer.state.cart_before is None
