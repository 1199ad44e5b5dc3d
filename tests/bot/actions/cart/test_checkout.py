from bot.actions.cart.checkout import GoToCheckout
from bot.actions.context import ActionContext
from bot.actions.turn import Turn
from bot.shopping.cart import Cart
from bot.shopping.state import ShoppingState


def answer(context: ActionContext, cart: Cart) -> str:
    (reply,) = GoToCheckout(context).answer(Turn("checkout", ShoppingState(cart=cart))).replies
    return reply.text


def test_the_link_comes_with_the_total(context: ActionContext) -> None:
    text = answer(context, Cart().with_more("runner-red-9", 2))
    assert "$160.00" in text
    token = text.rpartition("cart=")[2]
    assert context.checkout.read(token).cart.quantity_of("runner-red-9") == 2


def test_an_empty_cart_has_nothing_to_pay(context: ActionContext) -> None:
    text = answer(context, Cart())
    assert "empty" in text
    assert "http" not in text


def test_what_sold_out_is_said_and_left_out(context: ActionContext) -> None:
    text = answer(context, Cart().with_more("runner-blue-9").with_more("boot"))
    assert "Heron Runner" in text
    cart = context.checkout.read(text.rpartition("cart=")[2]).cart
    assert cart.ids == ("boot",)


def test_no_more_is_handed_over_than_there_are(context: ActionContext) -> None:
    text = answer(context, Cart().with_more("runner-red-9", 9))
    assert context.checkout.read(text.rpartition("cart=")[2]).cart.quantity_of("runner-red-9") == 4


def test_nothing_left_is_no_link(context: ActionContext) -> None:
    assert "http" not in answer(context, Cart().with_more("gone", 1, "Old Shoe"))
