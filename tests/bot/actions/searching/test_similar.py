from dataclasses import replace
from decimal import Decimal

import pytest

from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.searching.similar import Similar
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch, offer

WISH = Constraints(size=("9",), category=("Shoes",))
STATE = ShoppingState(
    text="shoes", filters=WISH, shown=("boot", "runner-red-9"), seen=("boot", "runner-red-9")
)


def similar(context: ActionContext, words: str, state: ShoppingState = STATE) -> Answer:
    return Similar(context).answer(Turn(words, state))


def test_others_are_shown_and_what_was_wanted_still_counts(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("boot"), offer("a"), offer("b")]
    answer = similar(context, "more like the second")
    assert search.queries == [ParsedQuery("runner-red-9", Constraints(size=("9",)))]
    (reply,) = answer.replies
    assert [each.id for each in reply.offers] == ["a", "b"]
    assert reply.text == "These 2 are most like Heron Runner:"
    assert answer.state is not None
    assert answer.state.query == STATE.query
    assert answer.state.shown == ("a", "b")


def test_what_is_added_is_required_and_said(context: ActionContext, search: ScriptedSearch) -> None:
    search.understood["in blue"] = ParsedQuery("", Constraints(color=("blue",)))
    search.offers = [offer("a"), offer("b")]
    answer = similar(context, "something like the second but in blue")
    assert search.queries[0].filters == Constraints(size=("9",), color=("blue",))
    assert (
        answer.replies[0].text == "These 2 are most like Heron Runner with what you added (blue):"
    )
    assert answer.state is not None
    assert answer.state.filters.color == ("blue",)
    assert answer.state.past == (STATE.query,)


def test_cheaper_is_below_its_price(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = [offer("dear", "200"), offer("cheap", "70")]
    answer = similar(context, "like the second but cheaper")
    assert search.queries[0].filters.price_max == Decimal("79.99")
    assert [each.id for each in answer.replies[0].offers] == ["cheap"]


def test_words_that_name_it_are_no_requirement(
    context: ActionContext, search: ScriptedSearch
) -> None:
    words = "more like the heron"
    search.understood[words] = ParsedQuery("", Constraints(brand=("Heron",)))
    search.offers = [offer("a")]
    similar(context, words)
    assert search.queries[0].filters.brand == ()


def test_where_nothing_is_so_that_is_said_before_others_are_shown(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("dear", "200")]
    answer = similar(context, "like the second but cheaper")
    assert "nothing like Heron Runner with what you added (under $80)" in answer.replies[0].text
    assert [each.id for each in answer.replies[0].offers] == ["dear"]
    # The wish that nothing met is not the search from then on.
    assert answer.state is not None
    assert answer.state.query == STATE.query


def test_nothing_like_it_is_said(context: ActionContext) -> None:
    (reply,) = similar(context, "more like the second").replies
    assert reply.text == "I have nothing else like Heron Runner."


def test_of_a_product_outside_the_search_its_kind_is_looked_for(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("a"), offer("b")]
    state = replace(STATE, shown=("runner-red-9",), seen=())
    answer = similar(context, "more like this", state)
    assert search.queries[0].filters == Constraints()
    assert answer.state is not None
    assert answer.state.query == ParsedQuery("", Constraints(category=("Shoes > Running",)))


def test_what_is_of_another_kind_is_not_like_it(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("lead", category="Pets"), offer("sandal", score=0.2)]
    (reply,) = similar(context, "more like the second").replies
    assert not reply.offers
    search.offers.append(offer("far", score=0.2, category="Shoes > Running"))
    (reply,) = similar(context, "more like the second").replies
    assert [each.id for each in reply.offers] == ["far"]


@pytest.mark.parametrize("state", [ShoppingState(), replace(STATE, shown=("deleted",))])
def test_without_a_product_there_is_nothing_like_it(
    context: ActionContext, search: ScriptedSearch, state: ShoppingState
) -> None:
    (reply,) = similar(context, "more like the first", state).replies
    assert not reply.offers
    assert search.queries == []
