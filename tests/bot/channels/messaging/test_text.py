"""Text that fits, and what a typed answer means."""

import pytest

from bot.channels.message import Product, assistant_message
from bot.channels.messaging import english, text
from bot.channels.messaging.english import Meant
from bot.channels.messaging.reply import numbered

PRODUCT: Product = {
    "id": "v1",
    "title": "Trail runner",
    "price": 54.0,
    "currency": "USD",
    "in_stock": True,
    "url": "",
    "image": "",
    "brand": "Fell",
    "why": ["red", "$54.00", "under $60"],
}


@pytest.mark.parametrize(
    ("said", "limit", "pieces"),
    [
        ("", 10, []),
        ("short", 10, ["short"]),
        ("One two. Three four.", 12, ["One two.", "Three four."]),
        ("first part\n\nsecond part", 16, ["first part", "second part"]),
        ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
        ("👟👟👟", 4, ["👟👟", "👟"]),
    ],
)
def test_text_is_cut_where_a_reader_pauses(said: str, limit: int, pieces: list[str]) -> None:
    assert text.split(said, limit) == pieces


def test_no_words_are_lost_in_cutting() -> None:
    said = "Waterproof shoes, 👟 and more of them.\n\nAnd boots. " * 40
    for limit in (7, 20, 61):
        pieces = text.split(said, limit)
        assert "".join("".join(pieces).split()) == "".join(said.split())
        assert all(0 < text.length(piece) <= limit for piece in pieces)


def test_a_title_is_shortened_by_whole_characters() -> None:
    assert text.shortened("red\n shoes", 20) == "red shoes"
    assert text.shortened("👟👟👟", 5) == "👟👟…"


@pytest.mark.parametrize(
    ("price", "currency", "shown"),
    [
        (54.0, "USD", "$54.00"),
        (1234.5, "EUR", "€1,234.50"),
        (9800.0, "JPY", "¥9,800"),
        (5.0, "CHF", "5.00 CHF"),
        (None, "USD", ""),
    ],
)
def test_prices(price: float, currency: str, shown: str) -> None:
    assert text.price_text({**PRODUCT, "price": price, "currency": currency}) == shown


def test_a_product_in_a_line() -> None:
    assert text.summary(PRODUCT) == "Fell · $54.00 · red, under $60"
    assert text.summary({**PRODUCT, "in_stock": False}).endswith(english.SOLD_OUT)
    unknown: Product = {**PRODUCT, "in_stock": None, "why": [], "brand": ""}
    assert text.summary(unknown) == "$54.00"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2", Meant(2, False)),
        (" 2. ", Meant(2, False)),
        ("reply 2", Meant(2, False)),
        ("Number 12", Meant(12, False)),
        ("#3", Meant(3, False)),
        ("2 please", Meant(2, False)),
        ("button 2", Meant(2, True)),
        ("the second button", Meant(2, True)),
        ("third option", Meant(3, True)),
        ("the 3rd option", Meant(3, True)),
        ("the second one", None),  # of the products: the dialogue knows which were shown
        ("size 2", None),
        ("2 or 3", None),
        ("123", None),
        ("2024-01-01", None),
        ("", None),
        ("two shoes", None),
    ],
)
def test_numbers(said: str, meant: Meant | None) -> None:
    assert english.number_in(said) == meant


@pytest.mark.parametrize("said", ["STOP", "stop.", " Unsubscribe ", "Stop all", "opt-out!"])
def test_words_that_opt_out(said: str) -> None:
    assert english.is_stop(said)


@pytest.mark.parametrize("said", ["stop showing me red", "don't stop", "the end", "start", ""])
def test_words_that_do_not(said: str) -> None:
    assert not english.is_stop(said)


def test_addresses_of_the_shop_are_made_whole() -> None:
    product = {**PRODUCT, "url": "/products/p1?variant=v1", "image": "https://cdn.example/1.jpg"}
    message = assistant_message("1", {"text": "", "custom": {"products": [product]}}, 0)
    assert message is not None
    [reply] = numbered([message], 1, "https://shop.example")
    [card] = reply.cards
    assert card.product["url"] == "https://shop.example/products/p1?variant=v1"
    assert card.product["image"] == "https://cdn.example/1.jpg"
