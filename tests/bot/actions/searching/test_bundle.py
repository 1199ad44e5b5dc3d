from bot.actions.context import ActionContext
from bot.actions.searching.bundle import BundleThings
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch, offer


def test_the_sum_is_computed_and_told(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = [offer("desk", "120"), offer("chair", "90", 0.8)]
    answer = BundleThings(context).answer(
        Turn("a desk and a chair under $300 together", ShoppingState())
    )
    (reply,) = answer.replies
    assert "$210.00" in reply.text
    assert "$90.00 less than your $300" in reply.text
    assert answer.state is not None
    assert set(answer.state.shown) == {"desk", "chair"}


def test_a_budget_that_is_too_small_is_told_by_how_much(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("desk", "120"), offer("chair", "90", 0.8)]
    turn = Turn("a desk and a chair under $200 together", ShoppingState())
    (reply,) = BundleThings(context).answer(turn).replies
    assert "$10.00 more than your $200" in reply.text


def test_one_thing_is_no_set(context: ActionContext) -> None:
    (reply,) = BundleThings(context).answer(Turn("under 300 together", ShoppingState())).replies
    assert not reply.offers
    assert reply.text.endswith("under $300.")


def _set(context: ActionContext, search: ScriptedSearch) -> ShoppingState:
    search.offers = [offer("desk", "120"), offer("chair", "90", 0.8)]
    turn = Turn("a desk and a chair under $300 together", ShoppingState())
    state = BundleThings(context).answer(turn).state
    assert state is not None
    return state


def test_another_budget_is_for_the_same_things(
    context: ActionContext, search: ScriptedSearch
) -> None:
    state = _set(context, search)
    answer = BundleThings(context).answer(Turn("make it 200", state))
    assert "$10.00 more than your $200" in answer.replies[0].text
    assert answer.state is not None
    assert answer.state.wanted_set.words == ("desk", "chair")


def test_one_thing_can_go(context: ActionContext, search: ScriptedSearch) -> None:
    state = _set(context, search)
    answer = BundleThings(context).answer(Turn("without the chair", state))
    assert len(answer.replies[0].offers) == 1
    assert "$180.00 less than your $300" in answer.replies[0].text


def test_the_set_outlives_the_slot(context: ActionContext, search: ScriptedSearch) -> None:
    state = _set(context, search)
    assert ShoppingState.from_slot(state.to_slot()).wanted_set == state.wanted_set


def test_a_search_ends_the_set(context: ActionContext, search: ScriptedSearch) -> None:
    state = _set(context, search).for_query(ParsedQuery("tents", Constraints()))
    assert not state.wanted_set


def test_what_is_not_spoken_of_stays(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = [offer("desk", "120"), offer("chair", "90", 0.8), offer("stool", "30", 0.1)]
    turn = Turn("a desk and a chair under $300 together", ShoppingState())
    state = BundleThings(context).answer(turn).state
    assert state is not None
    first, second = state.wanted_set.chosen
    answer = BundleThings(context).answer(Turn("another chair", state))
    assert answer.state is not None
    assert answer.state.wanted_set.chosen[0] == first
    assert answer.state.wanted_set.chosen[1] not in (first, second)
