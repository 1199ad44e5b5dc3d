from decimal import Decimal

import pytest

from bot.actions.searching.wish import wished
from bot.settings import Settings
from bot.voice.shop import DEFAULT
from bot.voice.voice import Voice
from recommender.query.constraints import Constraints, ParsedQuery

VOICE = Voice.load(Settings(voice=DEFAULT))
SHOES = {"category": ("Shoes > Running Shoes",)}


@pytest.mark.parametrize(
    ("text", "filters", "words"),
    [
        ("", {}, "products"),
        ("", SHOES, "running shoes"),
        ("running shoes", SHOES, "running shoes"),
        ("waterproof shoes", SHOES, "“waterproof shoes”"),
        (
            "running shoes",
            SHOES | {"color": ("red",), "price_max": Decimal(100), "not_brand": ("Nike",)},
            "running shoes in red under $100 but not by Nike",
        ),
        (
            "running shoes",
            SHOES | {"color": ("red", "blue"), "size": ("m", "l"), "gender": ("women",)},
            "running shoes for women in red or blue, size M or L",
        ),
        ("running shoes", SHOES | {"size": ("9",), "in_stock": True}, "in size 9 in stock"),
        (
            "running shoes",
            SHOES | {"price_min": Decimal(20), "price_max": Decimal("49.99")},
            "between $20 and $50",
        ),
        ("nike shoes", {"brand": ("Nike",), "price_min": Decimal(20)}, "“nike shoes” over $20"),
        ("", {"material": ("wool",), "rating_min": Decimal("4.50")}, "made of wool with at least"),
        ("", {"features": ("waterproof", "hood")}, "products (waterproof, hood)"),
        (
            "shirts",
            {"not_color": ("red",), "not_size": ("xl",), "not_material": ("wool",)},
            "but not in red, size XL, or wool",
        ),
    ],
)
def test_what_was_understood_is_repeated(text: str, filters: dict[str, object], words: str) -> None:
    query = ParsedQuery(text, Constraints(**filters))  # type: ignore[arg-type]
    assert words in wished(VOICE, query, "USD")
