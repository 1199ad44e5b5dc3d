from dataclasses import replace
from decimal import Decimal

import pytest

from bot.actions.cart import lists
from bot.actions.cart.save_product import SaveProduct
from bot.actions.cart.view_saved import ViewSaved
from bot.actions.context import ActionContext
from bot.actions.turn import Turn
from bot.shopping.cart import Cart
from bot.shopping.state import ShoppingState

STATE = ShoppingState(text="shoes", shown=("boot", "runner-red-9"))


def test_saving_puts_it_on_the_list(context: ActionContext) -> None:
    answer = SaveProduct(context).answer(Turn("save the first one for later", STATE))
    assert answer.state is not None
    assert answer.state.saved == ("boot",)
    assert answer.state.prices == {"boot": Decimal(120)}
    again = SaveProduct(context).answer(Turn("save it", answer.state))
    assert "Already" in again.replies[0].text
    assert again.state is not None
    assert again.state.saved == ("boot",)


def test_for_later_takes_it_out_of_the_cart(context: ActionContext) -> None:
    state = replace(STATE, cart=Cart().with_more("boot", 2), focus="boot")
    answer = SaveProduct(context).answer(Turn("save it for later", state))
    assert answer.state is not None
    assert answer.state.saved == ("boot",)
    assert not answer.state.cart


def test_taking_it_off(context: ActionContext) -> None:
    state = replace(STATE, saved=("boot",), focus="boot")
    answer = SaveProduct(context).answer(Turn("take it off my wish list", state))
    assert answer.state is not None
    assert answer.state.saved == ()
    assert "Taken off" in answer.replies[0].text


def test_with_nothing_shown_nothing_is_saved(context: ActionContext) -> None:
    answer = SaveProduct(context).answer(Turn("save it", ShoppingState()))
    assert "haven't shown you any product" in answer.replies[0].text


def test_the_list_is_shown_as_it_is_now(context: ActionContext) -> None:
    saved = ("boot", "deleted", "runner-blue-9")
    state = replace(STATE, saved=saved)
    answer = ViewSaved(context).answer(Turn("show my wish list", state))
    (reply,) = answer.replies
    assert [each.id for each in reply.offers] == ["boot", "runner-blue-9"]
    assert "2 products" in reply.text
    assert "Heron Runner is sold out" in reply.text
    assert "One product of your list is no longer in the shop" in reply.text
    assert answer.state is not None
    assert answer.state.saved == ("boot", "runner-blue-9")
    assert answer.state.shown == ("boot", "runner-blue-9")


def test_an_empty_list_is_said(context: ActionContext) -> None:
    (reply,) = ViewSaved(context).answer(Turn("my wish list", ShoppingState())).replies
    assert "empty" in reply.text


@pytest.mark.parametrize(
    ("name", "words", "act"),
    [
        ("add_to_cart", "add it to my wish list", "save_product"),
        ("add_to_cart", "add it", "add_to_cart"),
        ("add_to_cart", "move it from my wish list to the cart", "add_to_cart"),
        ("save_product", "move it to the cart", "add_to_cart"),
        ("save_product", "show me my wishlist", "view_saved"),
        ("view_cart", "what's on my wish list?", "view_saved"),
        ("view_cart", "what's in my cart?", "view_cart"),
        ("remove_from_cart", "remove it from my favourites", "save_product"),
        ("remove_from_cart", "remove it", "remove_from_cart"),
        ("search_products", "show me a wish list notebook", "search_products"),
    ],
)
def test_which_list_is_meant(name: str, words: str, act: str) -> None:
    assert lists.act_of(name, words) == act
