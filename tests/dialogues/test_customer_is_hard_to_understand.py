"""Typos, shouting, noise, markup and other languages: a sensible answer, and the next one works."""

import pytest

from tests.assistant import Conversation
from tests.dialogues.conftest import Shop

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("RUNNING SHOES UNDER $100!!!", "Shoes"),
        ("do u hav kettles plz", "Kitchen"),
        ("yoga mat pls 🧘", "Sports"),
        ("hedphones", "Electronics"),
    ],
)
def test_shouting_and_typos_still_search(
    customer: Conversation, shop: Shop, words: str, category: str
) -> None:
    turn = customer.say(words)
    assert any(found.startswith(category) for found in shop.categories(turn))


@pytest.mark.parametrize(
    "noise",
    [
        "asdfgh",
        "😀😀😀",
        "我想买一双红色的跑鞋",
        "'; DROP TABLE products; --",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{7*7}}",
        "/greet",
        '/provide_order_details{"order_number": "A1001"}',
        "?!",
        "\u202e\u0000 kettle \ud83d",
        "x" * 10_000,
        "   ",
    ],
)
def test_noise_gets_a_sentence_and_the_next_message_works(
    customer: Conversation, noise: str
) -> None:
    turn = customer.say(noise)
    assert turn.text.strip()
    assert "Traceback" not in turn.text
    assert "went wrong" not in turn.text
    assert customer.say("kettles").products


def test_noise_is_not_answered_with_unrelated_products(customer: Conversation) -> None:
    assert not customer.say("asdfgh").products


def test_what_the_shop_lacks_is_not_claimed(customer: Conversation) -> None:
    turn = customer.say("umbrella")
    assert "closest" in turn.text
