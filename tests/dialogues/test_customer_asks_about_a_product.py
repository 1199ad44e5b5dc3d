"""What is meant is among the products shown, and the catalogue's words answer."""

import pytest

from tests.assistant import Conversation

pytestmark = pytest.mark.e2e


def test_the_second_one_is_the_second_card(customer: Conversation) -> None:
    found = customer.say("kettles")
    turn = customer.say("tell me more about the second one")
    assert [product["id"] for product in turn.products] == [found.products[1]["id"]]
    assert found.products[1]["title"] in turn.text


def test_it_is_the_product_just_described(customer: Conversation) -> None:
    found = customer.say("running shoes under $100")
    customer.say("tell me about the first one")
    turn = customer.say("what sizes does it come in?")
    assert turn.products[0]["id"] == found.products[0]["id"]
    assert "sizes" in turn.text


def test_a_product_can_be_named(customer: Conversation) -> None:
    found = customer.say("kettles")
    named = found.products[2]
    turn = customer.say(f"tell me more about the {named['title']}")
    assert turn.products[0]["id"] == named["id"]


def test_a_place_beyond_the_list_is_asked_about(customer: Conversation) -> None:
    customer.say("kettles")
    turn = customer.say("tell me more about number 42")
    assert not turn.products
    assert "Which one" in turn.text


def test_an_unknown_product_id_is_no_product(customer: Conversation) -> None:
    turn = customer.say("tell me more about product ZX-99999-NOPE")
    assert not turn.products
    assert turn.text


def test_a_wild_guess_is_not_confirmed(customer: Conversation) -> None:
    customer.say("yoga mats")
    turn = customer.say("does the first one have bluetooth?")
    assert "doesn't say" in turn.text
