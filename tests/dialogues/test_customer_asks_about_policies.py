"""Policy questions are answered from the shop's own pages."""

import pytest

from tests.assistant import Conversation
from tests.dialogues.conftest import Shop

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("what is your return policy?", "returns"),
        ("how long do i have to send something back", "returns"),
        ("how much is shipping to canada?", "shipping"),
        ("can i pay with paypal", "payment"),
        ("HOW LONG IS THE WARRANTY", "warranty"),
        ("what do you do with my personal data?", "privacy"),
    ],
)
def test_the_right_page_answers(customer: Conversation, question: str, page: str) -> None:
    turn = customer.say(question)
    assert turn.intent in ("ask_policy", "personal_data")
    assert f"/policies/{page}" in turn.text


def test_the_search_survives_the_question(customer: Conversation, shop: Shop) -> None:
    customer.say("running shoes under $100")
    customer.say("what is your return policy?")
    turn = customer.say("in red")
    assert shop.all_in(turn, "red")
    assert shop.categories(turn) <= {"Shoes > Running", "Shoes > Trail Running"}
