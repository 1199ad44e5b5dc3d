from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.searching.complements import ShowComplements
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from catalog.models import Order, OrderLine, Product, Variant

STATE = ShoppingState(text="boots", shown=("boot",), focus="boot")


def asked(context: ActionContext) -> Answer:
    return ShowComplements(context).answer(Turn("what goes with it?", STATE))


def test_what_was_bought_with_it_is_shown_and_said_to_be_that(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        order = session.scalars(select(Order)).one()
        order.lines = [
            OrderLine(position=n, variant_id=id, title=id, quantity=1, unit_price=1)
            for n, id in enumerate(("boot", "runner-red-9"))
        ]
    answer = asked(context)
    (reply,) = answer.replies
    assert "also bought" in reply.text
    assert [each.id for each in reply.offers] == ["runner-red-9"]
    assert reply.chips == ()
    assert answer.state is not None
    assert answer.state.shown == ("runner-red-9",)


def test_what_only_stands_beside_it_is_not_said_to_be_bought_with_it(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        boot = session.scalars(select(Product).where(Product.id == "boot")).one()
        boot.category = "Shoes > Boots"
    (reply,) = asked(context).replies
    assert "bought together with Fell Boot yet" in reply.text
    assert len(reply.offers) == 1


def test_where_nothing_goes_with_it_that_is_said(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        session.get_one(Variant, "boot").product.category = ""
    (reply,) = asked(context).replies
    assert reply.offers == ()
    assert "nothing that goes with" in reply.text
