from decimal import Decimal

import pytest

from bot.actions.context import ActionContext
from bot.actions.searching.refine_search import RefineSearch, price_limits
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch, offer

STATE = ShoppingState(text="shoes", shown=("runner-red-9", "boot"), seen=("runner-red-9", "boot"))


def test_cheaper_is_below_the_cheapest_shown(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("cheap", "60"), offer("dear", "90")]
    (reply,) = RefineSearch(context).answer(Turn("cheaper", STATE)).replies
    assert [each.id for each in reply.offers] == ["cheap"]
    assert "under $80" in reply.text


def test_nothing_cheaper_is_said_and_changes_nothing(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("dear", "90")]
    answer = RefineSearch(context).answer(Turn("cheaper", STATE))
    assert "already the cheapest" in answer.replies[0].text
    assert answer.slots is None


def test_a_stated_price_is_taken_as_it_is(context: ActionContext, search: ScriptedSearch) -> None:
    words = "cheaper, under 70"
    search.understood[words] = ParsedQuery("cheaper", Constraints(price_max=Decimal(70)))
    search.offers = [offer("a", "65")]
    RefineSearch(context).answer(Turn(words, STATE))
    assert search.queries[0].filters.price_max == 70


@pytest.mark.parametrize("words", ["not red", "anything but red"])
def test_leaving_out_is_not_pretended(
    context: ActionContext, search: ScriptedSearch, words: str
) -> None:
    search.understood[words] = ParsedQuery("", Constraints(color=("red",)))
    (reply,) = RefineSearch(context).answer(Turn(words, STATE)).replies
    assert not reply.offers
    assert reply.quick_replies == ("In brown",)


def test_limits_of_prices() -> None:
    prices = [Decimal(10), Decimal(20), Decimal(30)]
    assert [limit.price_max for limit in price_limits(prices, cheaper=True)] == [
        Decimal("9.99"),
        Decimal("19.99"),
    ]
    assert price_limits(prices, cheaper=False)[0].price_min == Decimal("30.01")
    assert price_limits([], cheaper=True) == []
    assert price_limits([Decimal("0.01")], cheaper=True) == []
