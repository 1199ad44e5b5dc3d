from decimal import Decimal

from sqlalchemy.orm import Session, sessionmaker

from bot.actions.cart.view_cart import ViewCart
from bot.actions.context import ActionContext
from bot.actions.conversation import Conversation
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.shopping.cart import Cart
from bot.shopping.state import ShoppingState
from catalog.models import Variant

CART = Cart().with_more("runner-red-9", 2, "Heron Runner").with_more("boot", 1, "Fell Boot")


def viewed(context: ActionContext, state: ShoppingState) -> Answer:
    """As the conversation answers, which tells what changed."""
    return Conversation(context, {"view_cart": ViewCart(context)}).answer(
        Turn("what's in my cart?", state), "view_cart"
    )


def lines(context: ActionContext, state: ShoppingState) -> list[str]:
    return viewed(context, state).replies[0].text.split("\n")


def test_lines_prices_and_total(context: ActionContext) -> None:
    state = ShoppingState(cart=CART)
    assert lines(context, state) == [
        "Your cart:",
        "• 2 × Heron Runner (red in size 9), $80.00 each: $160.00.",
        "• 1 × Fell Boot, $120.00 each: $120.00.",
        "Your cart comes to $280.00.",
    ]
    answer = ViewCart(context).answer(Turn("cart", state))
    (reply,) = answer.replies
    assert [each.id for each in reply.offers] == ["runner-red-9", "boot"]
    assert reply.quick_replies == ("Checkout", "Keep shopping")
    assert answer.state is not None
    assert answer.state.shown == ("runner-red-9", "boot")


def test_an_empty_cart_is_said(context: ActionContext) -> None:
    (reply,) = ViewCart(context).answer(Turn("cart", ShoppingState())).replies
    assert reply.text == "Your cart is empty so far."
    assert reply.quick_replies


def test_what_changed_since_it_was_told_is_told(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        session.get_one(Variant, "boot").price = Decimal(100)
        session.get_one(Variant, "runner-red-9").stock = 1
    state = ShoppingState(cart=CART, prices={"boot": Decimal(120)})
    said = lines(context, state)
    assert "only one left" in said[1]
    assert said[3].startswith("Your cart comes to $180.00.")
    assert "it was $120.00 and is $100.00 now" in said[3]
    after = viewed(context, state).state
    assert after is not None
    assert "changed" not in "".join(lines(context, after))


def test_what_is_sold_out_is_not_counted(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        session.get_one(Variant, "runner-red-9").stock = 0
    said = lines(context, ShoppingState(cart=CART))
    assert "sold out" in said[1]
    assert said[3] == "Your cart comes to $120.00."


def test_what_is_gone_is_named_and_taken_out(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        session.delete(session.get_one(Variant, "boot"))
    answer = ViewCart(context).answer(Turn("cart", ShoppingState(cart=CART)))
    assert "Fell Boot: the shop no longer has it" in answer.replies[0].text
    assert answer.state is not None
    assert answer.state.cart.ids == ("runner-red-9",)


def test_all_gone_leaves_an_empty_cart(context: ActionContext) -> None:
    answer = ViewCart(context).answer(Turn("cart", ShoppingState(cart=Cart().with_more("x"))))
    (reply,) = answer.replies
    assert "A product: the shop no longer has it" in reply.text
    assert "comes to" not in reply.text
    assert "Checkout" not in reply.quick_replies
