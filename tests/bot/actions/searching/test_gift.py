from bot.actions.context import ActionContext
from bot.actions.searching.gift import Gift
from bot.actions.turn import Turn
from bot.shopping.question import Question
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch, offer


def test_nothing_told_is_asked_about_once(context: ActionContext, search: ScriptedSearch) -> None:
    search.understood[""] = ParsedQuery("", Constraints())
    answer = Gift(context).answer(Turn("a gift for my dad", ShoppingState()))
    (reply,) = answer.replies
    assert not reply.offers
    assert "he" in reply.text
    assert answer.state is not None
    assert answer.state.question is not None
    assert answer.state.question.act == "gift"


def test_what_they_like_is_searched_for(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = [offer("a"), offer("b")]
    Gift(context).answer(Turn("a gift for my dad who loves hiking", ShoppingState()))
    assert search.queries[-1].text == "hiking"


def test_a_shelf_answers_and_the_budget_stays(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("a", "20")]
    budget = ShoppingState(filters=Constraints(price_max=offer("x", "30").price))
    question = Question("choose", "gift", "a gift for my cousin under 30", ("Shoes",))
    Gift(context).answer(Turn("Shoes", budget, question=question))
    filters = search.queries[-1].filters
    assert filters.category == ("Shoes",)
    assert filters.price_max == 30
