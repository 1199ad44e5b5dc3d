from bot.actions.context import ActionContext
from bot.actions.searching.deny import Deny
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch, offer

STATE = ShoppingState(text="shoes", shown=("runner-red-9", "boot"), seen=("runner-red-9", "boot"))


def test_a_no_asks_what_else(context: ActionContext) -> None:
    answer = Deny(context).answer(Turn("no thanks", STATE))
    assert answer.replies[0].text == context.voice.say("deny")
    assert answer.state is None


def test_a_no_to_a_brand_leaves_the_brand_out(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.understood["without Orbo"] = ParsedQuery("", Constraints(not_brand=("Orbo",)))
    search.offers = [offer("a"), offer("b")]
    (reply,) = Deny(context).answer(Turn("without Orbo", STATE)).replies
    assert [each.id for each in reply.offers] == ["a", "b"]
    assert "not by Orbo" in reply.text
    assert search.queries[0].text == "shoes"


def test_a_no_to_nothing_searched_for_is_only_a_no(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.understood["not Orbo"] = ParsedQuery("", Constraints(not_brand=("Orbo",)))
    assert Deny(context).answer(Turn("not Orbo", ShoppingState())).replies[
        0
    ].text == context.voice.say("deny")
