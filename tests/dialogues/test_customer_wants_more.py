"""Another page of the same search, until there is none."""

import pytest

from tests.assistant import Conversation
from tests.dialogues.conftest import Shop

pytestmark = pytest.mark.e2e


def test_more_shows_others_of_the_same_kind(customer: Conversation, shop: Shop) -> None:
    first = customer.say("running shoes under 100")
    second = customer.say("show me more")
    assert second.products
    assert not {p["id"] for p in first.products} & {p["id"] for p in second.products}
    assert all(product["price"] <= 100 for product in second.products)
    assert shop.categories(second) <= {"Shoes > Running", "Shoes > Trail Running"}


def test_the_end_is_said_plainly(customer: Conversation) -> None:
    customer.say("red running shoes size 9 under 60")
    for _ in range(8):
        turn = customer.say("show me more")
        if not turn.products:
            break
    assert "everything" in turn.text
    assert turn.buttons


def test_more_of_nothing_asks_what_for(customer: Conversation) -> None:
    turn = customer.say("show me more")
    assert not turn.products
    assert "looking for" in turn.text
