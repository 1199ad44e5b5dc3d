"""The search is narrowed turn by turn, and nothing said before is forgotten."""

from statistics import median_low

import pytest

from tests.assistant import Conversation
from tests.dialogues.conftest import Shop

pytestmark = pytest.mark.e2e


def test_price_then_colour_then_cheaper(customer: Conversation, shop: Shop) -> None:
    first = customer.say("I need running shoes under $100")
    assert first.products
    assert shop.categories(first) <= {"Shoes > Running", "Shoes > Trail Running"}
    assert all(product["price"] <= 100 for product in first.products)

    red = customer.say("something in red")
    assert red.products
    assert shop.all_in(red, "red")
    assert all(product["price"] <= 100 for product in red.products)
    assert shop.categories(red) <= {"Shoes > Running", "Shoes > Trail Running"}

    cheaper = customer.say("cheaper please")
    assert cheaper.products
    # Below the cheapest shown where there is any, or else below the middle of them.
    middle = median_low(product["price"] for product in red.products)
    assert all(product["price"] < middle for product in cheaper.products)
    assert shop.all_in(cheaper, "red")


def test_a_newer_limit_replaces_the_older(customer: Conversation) -> None:
    customer.say("tents under $150")
    raised = customer.say("make it up to 400")
    assert any(product["price"] > 150 for product in raised.products)
    assert all(product["price"] <= 400 for product in raised.products)


def test_any_colour_takes_the_colour_back(customer: Conversation, shop: Shop) -> None:
    customer.say("red running shoes")
    anything = customer.say("any colour is fine")
    assert len(shop.colors(anything) | {"red"}) > 1
    assert shop.categories(anything) <= {"Shoes > Running", "Shoes > Trail Running"}


def test_a_size_joins_the_other_wishes(customer: Conversation, shop: Shop) -> None:
    customer.say("running shoes in black")
    sized = customer.say("in a size 9")
    assert sized.products
    assert {(variant.color, variant.size) for variant in shop.variants(sized)} == {("black", "9")}


def test_a_range_upside_down_is_understood(customer: Conversation) -> None:
    turn = customer.say("backpacks between 100 and 50 dollars")
    assert turn.products
    assert all(50 <= product["price"] <= 100 for product in turn.products)
