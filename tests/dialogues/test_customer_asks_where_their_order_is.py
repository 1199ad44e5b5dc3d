"""An order is shown to who can read the mail of its address, and to nobody else."""

import pytest

from tests.assistant import Conversation
from tests.dialogues.conftest import Shop

pytestmark = pytest.mark.e2e


NUMBER, EMAIL = "A1001", "maya.lindqvist@example.com"


def test_number_and_address_are_asked_for(customer: Conversation) -> None:
    assert "order number" in customer.say("where is my order?").text
    assert "e-mail" in customer.say(f"#{NUMBER.lower()}").text
    assert "six-digit code" in customer.say(f"it's {EMAIL.upper()}").text
    told = customer.say(customer.code()).text
    assert NUMBER in told
    assert "on its way" in told
    assert "SL4471902385US" in told
    assert "Tempo 2 Road Running Shoes" in told


@pytest.mark.parametrize(
    "details",
    [f"{NUMBER} somebody.else@example.com", f"A9999 {EMAIL}", "A9999 somebody.else@example.com"],
)
def test_every_mismatch_sounds_like_a_match(customer: Conversation, details: str) -> None:
    customer.say("track my order")
    turn = customer.say(details)
    assert turn.text.startswith("Thanks. If that address belongs to that order")
    guess = customer.say("123456")
    assert "isn't the code" in guess.text
    assert "Tempo" not in guess.text


def test_guessing_ends_after_five_tries(customer: Conversation) -> None:
    customer.say("where is my order A9998 nobody@example.com")
    for attempt in range(5):
        customer.say(f"00000{attempt}")
    turn = customer.say("000009")
    assert "no tries left" in turn.text
    assert "Tempo" not in turn.text


def test_a_policy_question_in_between_is_answered(customer: Conversation) -> None:
    customer.say("where is my order?")
    between = customer.say("how long does delivery take?")
    assert "/policies/shipping" in between.text
    assert "order number" in between.replies[-1].text
    customer.say(NUMBER)
    customer.say(EMAIL)
    assert "on its way" in customer.say(customer.code()).text


def test_a_new_search_leaves_the_order(customer: Conversation, shop: Shop) -> None:
    customer.say("where is my order?")
    assert customer.say("show me tents under 300").products
    assert shop.categories(customer.say("cheaper")) == {"Outdoor > Tents"}


@pytest.mark.parametrize("words", ["never mind", "forget it"])
def test_who_will_not_say_is_let_go(customer: Conversation, words: str) -> None:
    customer.say("where is my order?")
    turn = customer.say(words)
    assert "order number" not in turn.text
    assert customer.say("kettles").products


def test_words_without_a_number_are_asked_again(customer: Conversation) -> None:
    customer.say("where is my order?")
    turn = customer.say("hmm let me look, ok")
    assert "order number" in turn.text
