from dataclasses import replace

import pytest

from bot.actions.context import ActionContext
from bot.actions.products.product_details import ProductDetails
from bot.actions.searching.search_products import SearchProducts
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from tests.bot.conftest import ScriptedSearch, offer

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


@pytest.mark.parametrize("state", [replace(STATE, shown=("boot",)), ShoppingState()])
@pytest.mark.parametrize("action", [ProductDetails, SearchProducts])
def test_a_product_named_in_full_is_answered_and_is_it_from_then_on(
    context: ActionContext,
    search: ScriptedSearch,
    action: type[ProductDetails | SearchProducts],
    state: ShoppingState,
) -> None:
    search.offers = [offer("boot", title="Fell Boot"), offer("runner-blue-9", title="Heron Runner")]
    told = action(context).answer(Turn("Tell me more about the heron runner.", state))
    (reply,) = told.replies
    assert [each.id for each in reply.offers] == ["runner-blue-9"]
    assert "A light shoe for wet roads." in reply.text
    after = told.state
    assert after is not None
    assert (after.shown, after.focus) == (("runner-blue-9",), "runner-blue-9")


def test_the_cheapest_is_that_of_the_whole_match(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("boot", "30")]
    state = ShoppingState(text="shoes", shown=("runner-red-9",), seen=("runner-red-9",))
    answer = ProductDetails(context).answer(Turn("the cheapest one", state))
    assert [each.id for each in answer.replies[0].offers] == ["boot"]
    among = ProductDetails(context).answer(Turn("the cheapest of these", state))
    assert [each.id for each in among.replies[0].offers] == ["runner-red-9"]
