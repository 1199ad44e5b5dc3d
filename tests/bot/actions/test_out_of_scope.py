from bot.actions.context import ActionContext
from bot.actions.out_of_scope import OutOfScope
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch, offer


def test_what_no_shop_does_is_declined(context: ActionContext) -> None:
    answer = OutOfScope(context).answer(Turn("who won the election", ShoppingState()))
    assert answer.replies[0].text == context.voice.say("out-of-scope")
    assert answer.slots is None


def test_what_the_shop_has_a_shelf_for_is_searched(
    context: ActionContext, search: ScriptedSearch
) -> None:
    words = "what about cats"
    search.understood[words] = ParsedQuery("cats", Constraints(category=("Pets > Cats",)))
    search.offers = [offer("mouse"), offer("tree")]
    (reply,) = OutOfScope(context).answer(Turn(words, ShoppingState())).replies
    assert [each.id for each in reply.offers] == ["mouse", "tree"]
