from decimal import Decimal

from bot.actions.context import ActionContext
from bot.actions.searching.recap import Recap
from bot.actions.turn import Turn
from bot.shopping.cart import Cart
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints


def test_the_wish_is_said_with_a_chip_for_each_piece(context: ActionContext) -> None:
    filters = Constraints(color=("red",), price_max=Decimal(100))
    state = ShoppingState(text="running shoes", filters=filters, shown=("boot",))
    answer = Recap(context).answer(Turn("what are you looking for?", state))
    (reply,) = answer.replies
    assert reply.text == "You are looking for “running shoes” in red under $100."
    assert sorted(chip.title for chip in reply.chips) == ["red", "under $100"]
    assert answer.state is None


def test_the_cart_and_the_wish_list_are_said_in_short(context: ActionContext) -> None:
    cart = Cart().with_more("runner-red-9", 2).with_more("boot").with_more("gone")
    state = ShoppingState(text="shoes", cart=cart, saved=("boot",))
    (reply,) = Recap(context).answer(Turn("recap", state)).replies
    assert "In your cart: 2 × Heron Runner and Fell Boot." in reply.text
    assert "One product is on your wish list." in reply.text


def test_without_a_search_that_is_said(context: ActionContext) -> None:
    (reply,) = Recap(context).answer(Turn("what are you looking for?", ShoppingState())).replies
    assert reply.text == "You haven't told me yet what you are looking for."
    assert reply.quick_replies
