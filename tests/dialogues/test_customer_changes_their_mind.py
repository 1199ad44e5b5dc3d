"""Another kind of product starts a new search; a refinement without a search is one."""

import pytest

from tests.assistant import Conversation
from tests.dialogues.conftest import Shop

pytestmark = pytest.mark.e2e


def test_another_product_forgets_the_old_limits(customer: Conversation, shop: Shop) -> None:
    customer.say("red running shoes under $100")
    desks = customer.say("actually, show me desks instead")
    assert shop.categories(desks) == {"Furniture > Desks"}
    assert any(product["price"] > 100 for product in desks.products)


def test_refining_before_searching_searches(customer: Conversation, shop: Shop) -> None:
    turn = customer.say("something in blue under 40")
    assert turn.products
    assert all(product["price"] <= 40 for product in turn.products)


def test_what_is_refused_is_not_shown_and_not_offered(customer: Conversation, shop: Shop) -> None:
    customer.say("running shoes")
    turn = customer.say("anything but black")
    assert turn.products
    assert "but not in black" in turn.text
    assert "black" not in shop.colors(turn)
    assert "In black" not in [button["title"] for button in turn.buttons]
