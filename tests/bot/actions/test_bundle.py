from bot.actions.bundle import BundleThings
from bot.actions.context import ActionContext
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
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
