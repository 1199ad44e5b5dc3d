"""Courtesy, curiosity and rudeness get a kind, short answer."""

import pytest

from tests.assistant import Conversation

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("hi there", "greet"),
        ("what can you do?", "help"),
        ("are you a real person?", "bot_challenge"),
        ("thx a lot", "thanks"),
        ("ok bye", "goodbye"),
        ("you are a useless idiot", "insult"),
        ("what's the weather tomorrow?", "out_of_scope"),
    ],
)
def test_small_talk_is_answered(customer: Conversation, words: str, intent: str) -> None:
    turn = customer.say(words)
    assert turn.intent == intent
    assert len(turn.replies) == 1
    assert not turn.products


def test_every_offered_reply_leads_somewhere(customer: Conversation) -> None:
    offered = customer.say("hello").buttons + customer.say("running shoes under $100").buttons
    assert offered
    for button in offered:
        turn = customer.say(button["payload"])
        assert turn.replies
        assert turn.intent != "nlu_fallback", button
