"""A shop of a few shoes, and turns as the channel tells of them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.evaluation.catalogue import Catalogue, Item
from bot.evaluation.judge import Observed
from bot.shopping.state import ShoppingState

_RUNNER = Item(
    id="runner",
    product_id="runner",
    title="Heron Runner",
    brand="Heron",
    category="Shoes > Running",
    color="navy",
    size="9",
    gender="unisex",
    material="Mesh",
    price=Decimal("80"),
    in_stock=True,
    features=("waterproof",),
    text="heron runner a light shoe mesh waterproof",
)


def item(id: str, **values: Any) -> Item:
    return replace(_RUNNER, **{"id": id, "product_id": id, **values})


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(
        [
            item("runner"),
            item("runner-red", product_id="runner", color="red"),
            item("boot", title="Fell Boot", brand="Fell", color="brown", price=Decimal("120")),
        ]
    )


def seen(*ids: str, saying: str = "Here you are.", **state: Any) -> Observed:
    """A turn with these cards, as the catalogue has them."""
    known = {
        "runner": ("Heron Runner", 80.0),
        "runner-red": ("Heron Runner", 80.0),
        "boot": ("Fell Boot", 120.0),
    }
    cards = [
        {"id": id, "title": known[id][0], "price": known[id][1], "in_stock": True} for id in ids
    ]
    reply = {"text": saying, "products": cards, "buttons": [{"title": "Cheaper", "payload": "x"}]}
    turn = {"intent": {"name": "search_products"}, "replies": [reply], "took_ms": 1.0}
    return Observed(turn, ShoppingState(**state))
