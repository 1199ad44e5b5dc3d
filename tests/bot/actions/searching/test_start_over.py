import pytest

from bot.actions.context import ActionContext
from bot.actions.searching.start_over import StartOver
from bot.actions.turn import Turn
from bot.shopping.cart import Cart
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints
from tests.bot.conftest import ScriptedSearch, offer

STATE = ShoppingState(
    text="shoes",
    filters=Constraints(color=("red",)),
    shown=("boot",),
    cart=Cart().with_more("boot"),
    saved=("runner-red-9",),
    voucher="SAVE10",
)


def test_the_search_goes_and_the_cart_stays(context: ActionContext) -> None:
    answer = StartOver(context).answer(Turn("start over", STATE))
    after = answer.state
    assert after is not None
    assert not after.has_search
    assert (after.cart, after.saved, after.voucher) == (STATE.cart, STATE.saved, STATE.voucher)
    assert "your cart and your wish list stay" in answer.replies[0].text


def test_without_a_cart_none_is_spoken_of(context: ActionContext) -> None:
    (reply,) = StartOver(context).answer(Turn("start over", ShoppingState(text="shoes"))).replies
    assert "cart" not in reply.text


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("start over, a kettle", "a kettle"),
        ("ok, something else: a kettle", "a kettle"),
        ("forget everything. I want a kettle", "I want a kettle"),
    ],
)
def test_what_is_wanted_instead_is_searched(
    context: ActionContext, search: ScriptedSearch, words: str, wish: str
) -> None:
    search.offers = [offer("kettle")]
    answer = StartOver(context).answer(Turn(words, STATE))
    assert [each.text for each in search.queries] == [wish]
    assert not search.queries[0].filters
    assert answer.state is not None
    assert answer.state.cart == STATE.cart


@pytest.mark.parametrize(
    "words", ["something else", "let's start again please", "reset", "restart"]
)
def test_nothing_named_is_no_search(
    context: ActionContext, search: ScriptedSearch, words: str
) -> None:
    StartOver(context).answer(Turn(words, STATE))
    assert search.queries == []
