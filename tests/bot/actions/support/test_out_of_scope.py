from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.context import ActionContext
from bot.actions.fallback import Fallback
from bot.actions.support.answer_policy import AnswerPolicy
from bot.actions.support.out_of_scope import OutOfScope
from bot.actions.turn import Turn
from bot.help.answers import HelpDesk
from bot.shopping.state import ShoppingState
from catalog.models import Policy
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.serving.models import open_minilm
from tests.bot.conftest import ScriptedSearch, offer


@pytest.fixture
def policies(context: ActionContext, models: Path, shop: sessionmaker[Session]) -> AnswerPolicy:
    """Of a shop with one page."""
    with shop.begin() as session:
        session.query(Policy).delete()
        body = "## Post\n<!-- Asked: where do I post a parcel? -->\nTo 1 Mill Lane."
        session.add(Policy(slug="contact", title="Contact", body=body))
    return AnswerPolicy(context, HelpDesk.open(open_minilm(models)))


def test_what_no_shop_does_is_declined(context: ActionContext, policies: AnswerPolicy) -> None:
    answer = OutOfScope(context, policies).answer(Turn("who won the election", ShoppingState()))
    assert answer.replies[0].text == context.voice.say("out-of-scope")
    assert answer.slots is None


def test_what_the_shop_has_a_shelf_for_is_searched(
    context: ActionContext, search: ScriptedSearch, policies: AnswerPolicy
) -> None:
    words = "what about cats"
    search.understood[words] = ParsedQuery("cats", Constraints(category=("Pets > Cats",)))
    search.offers = [offer("mouse"), offer("tree")]
    (reply,) = OutOfScope(context, policies).answer(Turn(words, ShoppingState())).replies
    assert [each.id for each in reply.offers] == ["mouse", "tree"]


def test_what_a_page_answers_is_neither_declined_nor_searched(
    context: ActionContext, policies: AnswerPolicy
) -> None:
    asked = Turn("where do I post a parcel", ShoppingState())
    for act in (OutOfScope(context, policies), Fallback(context, policies)):
        (reply,) = act.answer(asked).replies
        assert "1 Mill Lane" in reply.text
