import pytest

from bot.actions.context import ActionContext
from bot.actions.product_details import ProductDetails
from bot.actions.shopping_state import ShoppingState
from bot.actions.turn import Turn

STATE = ShoppingState(text="shoes", shown=("runner-red-9", "boot"), focus="boot")


@pytest.mark.parametrize("state", [STATE, ShoppingState()])
def test_an_unknown_product_id_is_said_to_be_unknown(
    context: ActionContext, state: ShoppingState
) -> None:
    (reply,) = ProductDetails(context).answer(Turn("tell me about product xyz-999", state)).replies
    assert "no product “xyz-999”" in reply.text
    assert not reply.offers


def test_what_looks_like_an_id_and_is_a_shown_title_is_answered(context: ActionContext) -> None:
    (reply,) = ProductDetails(context).answer(Turn("is the boot waterproof?", STATE)).replies
    assert [each.id for each in reply.offers] == ["boot"]
