from dataclasses import replace

import pytest

from bot.actions.context import ActionContext
from bot.actions.turn import Turn
from bot.actions.undo import Undo
from bot.shopping.cart import Cart
from bot.shopping.page import Page
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch, offer

RED = ParsedQuery("shoes", Constraints(color=("red",)))
BLUE = ShoppingState(text="shoes", filters=Constraints(color=("blue",)), past=(RED,))


def test_the_search_before_is_shown_and_said(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("runner-red-9", title="Red shoe"), offer("b", title="Other shoe")]
    answer = Undo(context).answer(Turn("go back", BLUE))
    (reply,) = answer.replies
    assert "Back one step." in reply.text
    assert "“shoes” in red" in reply.text
    assert [each.id for each in reply.offers] == ["runner-red-9", "b"]
    assert answer.state is not None
    assert answer.state.query == RED
    assert answer.state.past == ()


def test_twice_goes_two_steps(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = [offer("a")]
    kettles = ParsedQuery("kettles", Constraints())
    state = replace(BLUE, past=(kettles, RED))
    once = Undo(context).answer(Turn("undo", state)).state
    assert once is not None
    twice = Undo(context).answer(Turn("undo", once)).state
    assert twice is not None
    assert twice.query == kettles


@pytest.mark.parametrize("state", [ShoppingState(), ShoppingState(text="shoes")])
def test_nothing_to_undo_is_said(
    context: ActionContext, search: ScriptedSearch, state: ShoppingState
) -> None:
    answer = Undo(context).answer(Turn("go back", state))
    assert "nothing before" in answer.replies[0].text
    assert answer.state is None
    assert search.queries == []


def test_after_more_was_shown_the_page_before_comes_back(context: ActionContext) -> None:
    pages = (Page(("boot", "deleted", "runner-red-9"), 1.0), Page(("runner-blue-9",), 2.0))
    state = replace(BLUE, pages=pages, shown=("runner-blue-9",), act=("show_more",))
    answer = Undo(context).answer(Turn("the ones before", state))
    assert [each.id for each in answer.replies[0].offers] == ["boot", "runner-red-9"]
    assert answer.state is not None
    assert answer.state.shown == ("boot", "runner-red-9")
    assert answer.state.query == BLUE.query


def test_the_cart_comes_back_whatever_was_said_since_its_last_change(
    context: ActionContext,
) -> None:
    full = replace(BLUE, cart=Cart().with_more("boot")).with_cart(Cart())
    answer = Undo(context).answer(Turn("undo", replace(full, act=("thanks",))))
    assert answer.state is not None
    assert answer.state.cart.ids == ("boot",)
    assert answer.state.query == BLUE.query


def test_after_another_search_it_is_the_search_that_is_taken_back(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("a")]
    changed = BLUE.with_cart(Cart().with_more("boot")).for_query(ParsedQuery("hats", Constraints()))
    answer = Undo(context).answer(Turn("undo", changed))
    assert answer.state is not None
    assert answer.state.cart.ids == ("boot",)
    assert answer.state.query == BLUE.query
