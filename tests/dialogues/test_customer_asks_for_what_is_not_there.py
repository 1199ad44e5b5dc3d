"""What the shop has not is said, with what comes nearest; and what is refused stays away."""

import pytest

from tests.assistant import Conversation
from tests.dialogues.conftest import Shop

pytestmark = pytest.mark.e2e


def test_nothing_so_cheap_names_the_least_and_shows_it(customer: Conversation, shop: Shop) -> None:
    turn = customer.say("running shoes under $20")

    first = turn.products[0]
    assert "nothing for running shoes under $20" in turn.text
    assert f"the least is ${first['price']:.0f}" in turn.text
    assert shop.categories(turn) <= {"Shoes > Running", "Shoes > Trail Running"}
    assert all(product["price"] >= first["price"] > 20 for product in turn.products)


def test_what_was_refused_is_repeated_and_kept_away(customer: Conversation, shop: Shop) -> None:
    turn = customer.say("backpacks, but nothing black")
    assert "not in black" in turn.text
    assert turn.products
    assert "black" not in shop.colors(turn)

    narrower = customer.say("without green either")
    assert not {"black", "green"} & shop.colors(narrower)


def test_the_cheapest_comes_first(customer: Conversation) -> None:
    turn = customer.say("cheapest tents")
    prices = [product["price"] for product in turn.products]
    assert prices == sorted(prices)
    assert "cheapest first" in turn.text
