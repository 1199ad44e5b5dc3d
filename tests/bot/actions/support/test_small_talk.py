import pytest

from bot.actions.context import ActionContext
from bot.actions.support import small_talk
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState


def test_every_act_says_something_and_changes_nothing(context: ActionContext) -> None:
    for act in small_talk.every(context):
        answer = act.answer(Turn("…", ShoppingState()))
        assert answer.replies[0].text
        assert answer.slots is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("unsafe_request", ("doctor", "lawyer", "emergency number")),
        ("distress", ("988", "alone")),
        ("bot_challenge", ("not a person",)),
    ],
)
def test_what_matters_is_said(context: ActionContext, name: str, words: tuple[str, ...]) -> None:
    act = small_talk.SmallTalk(context, name)
    text = act.answer(Turn("…", ShoppingState())).replies[0].text
    assert all(word in text for word in words)
