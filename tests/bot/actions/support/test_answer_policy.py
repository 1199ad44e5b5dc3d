from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.context import ActionContext
from bot.actions.support.answer_policy import AnswerPolicy
from bot.actions.turn import Turn
from bot.help.answers import HelpDesk
from bot.shopping.state import ShoppingState
from catalog.models import Policy
from catalog.policies import load_policies
from recommender.serving.models import open_minilm


@pytest.fixture(scope="module")
def desk(models: Path) -> HelpDesk:
    return HelpDesk.open(open_minilm(models))


@pytest.fixture
def act(context: ActionContext, desk: HelpDesk, shop: sessionmaker[Session]) -> AnswerPolicy:
    with shop.begin() as session:
        session.query(Policy).delete()
        session.add(
            Policy(
                slug="returns",
                title="Returns",
                body="## How long\nYou can return things within 30 days.\n\n"
                "## Sale items\nReduced items can be returned as well.",
            )
        )
        session.add(
            Policy(slug="shipping", title="Shipping", body="## Time\nShipping takes three days.")
        )
    return AnswerPolicy(context, desk)


def said(act: AnswerPolicy, text: str) -> list[str]:
    return [reply.text for reply in act.answer(Turn(text, ShoppingState())).replies]


def test_each_question_gets_a_bubble_with_its_link(act: AnswerPolicy) -> None:
    first, second = said(act, "how long does shipping take and can I return reduced items?")
    assert "three days" in first
    assert "/policies/shipping#time" in first
    assert "Reduced items" in second
    assert "/policies/returns#sale-items" in second


def test_what_no_page_says_is_not_answered(act: AnswerPolicy) -> None:
    [reply] = act.answer(Turn("who is your chief executive", ShoppingState())).replies
    assert "couldn't find that" in reply.text
    assert set(reply.quick_replies) == {"Returns", "Shipping"}


def test_a_page_loaded_again_answers_differently_at_once(
    act: AnswerPolicy, shop: sessionmaker[Session], tmp_path: Path
) -> None:
    [before] = said(act, "how long does shipping take")
    assert "three days" in before
    (tmp_path / "shipping.html").write_text(
        "<h1>Shipping</h1><h2>Time</h2><p>Shipping takes nine weeks.</p>"
    )
    with shop.begin() as session:
        load_policies(session, tmp_path)
    [after] = said(act, "how long does shipping take")
    assert "nine weeks" in after


def test_a_shop_without_pages_says_so(act: AnswerPolicy, shop: sessionmaker[Session]) -> None:
    with shop.begin() as session:
        session.query(Policy).delete()
    [reply] = said(act, "how long does shipping take")
    assert "hasn't published" in reply
