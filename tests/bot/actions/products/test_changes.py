from decimal import Decimal

from bot.actions.products.changes import told
from bot.actions.reply import Answer, Reply
from bot.shopping.state import ShoppingState
from bot.voice.voice import Voice
from tests.bot.conftest import offer

BEFORE = ShoppingState(prices={"a": Decimal(80), "b": Decimal(10)}, available=("a", "b"))


def answer_with(*offers: object) -> Answer:
    return Answer((Reply("Here.", tuple(offers)),))  # type: ignore[arg-type]


def test_another_price_than_told_is_said(voice: Voice) -> None:
    (reply,) = told(voice, BEFORE, answer_with(offer("a", "75"), offer("b", "10"))).replies
    assert "Title of a" in reply.text
    assert "$80.00" in reply.text
    assert "$75.00" in reply.text
    assert "Title of b" not in reply.text


def test_what_sold_out_since_is_said(voice: Voice) -> None:
    (reply,) = told(voice, BEFORE, answer_with(offer("a", "80", in_stock=False))).replies
    assert "sold out" in reply.text


def test_what_is_told_is_remembered(voice: Voice) -> None:
    shown = BEFORE.after_showing(["a", "c"])
    gone = offer("a", "80", in_stock=False)
    answer = Answer((Reply("Here.", (gone, offer("c", "5"))),), shown)
    after = told(voice, BEFORE, answer).state
    assert after is not None
    assert after.prices == {"a": 80, "c": 5}
    assert after.available == ("c",)
    assert told(voice, after, answer).replies[0].text == "Here."
