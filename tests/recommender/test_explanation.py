from decimal import Decimal
from typing import Any

import pytest

from catalog.models import Product, Variant
from recommender.explanation import explain, money
from recommender.query.constraints import Constraints
from recommender.query.english import ENGLISH

SWIFT = Product(
    id="swift", title="Swift", brand="Veloce", category="Shoes > Running", material="Mesh",
    gender="unisex", description="",
)  # fmt: skip
NAVY = Variant(
    product=SWIFT, id="v", color="Navy", size="US 9", price=Decimal(54), currency="USD", stock=3
)


@pytest.mark.parametrize(
    ("constraints", "reason"),
    [
        ({"color": ("navy",)}, "navy"),
        ({"color": ("blue",)}, "Navy (blue)"),
        ({"price_max": Decimal(60)}, "$54.00, under $60"),
        ({"price_max": Decimal("59.50")}, "$54.00, under $59.50"),
        ({"price_max": Decimal(54)}, "$54.00, at most $54"),
        ({"price_min": Decimal(50)}, "$54.00, over $50"),
        ({"price_min": Decimal(54)}, "$54.00, at least $54"),
        ({"price_min": Decimal(50), "price_max": Decimal(60)}, "$54.00, between $50 and $60"),
        ({"size": ("9",)}, "size US 9 in stock"),
        ({"brand": ("Veloce",)}, "Veloce"),
        ({"material": ("mesh",)}, "Mesh"),
        ({"gender": ("men",)}, "unisex"),
        ({"in_stock": True}, "in stock"),
        ({"category": ("Shoes > Running",)}, "Running"),
        ({"category": ("Kitchen", "Shoes")}, "Running"),
    ],
)
def test_met_constraint_is_a_reason(constraints: dict[str, Any], reason: str) -> None:
    assert reason in explain(SWIFT, NAVY, Constraints(**constraints), ENGLISH)


@pytest.mark.parametrize(
    "constraints",
    [
        {"color": ("red",)},
        {"price_max": Decimal(50)},
        {"price_min": Decimal(55)},
        {"size": ("10",)},
        {"brand": ("Nike",)},
        {"material": ("leather",)},
        {"category": ("Kitchen",)},
        {"category": ("Shoes > Run",)},
    ],
)
def test_constraint_that_is_not_met_is_no_reason(constraints: dict[str, Any]) -> None:
    assert explain(SWIFT, NAVY, Constraints(**constraints), ENGLISH) == ()


def test_nothing_is_said_that_was_not_asked() -> None:
    assert explain(SWIFT, NAVY, Constraints(), ENGLISH) == ()
    asked = Constraints(size=("9",), in_stock=True)
    assert explain(SWIFT, NAVY, asked, ENGLISH) == ("size US 9 in stock",)


def test_nothing_is_said_of_what_is_unknown() -> None:
    bare = Product(id="p", title="P", brand="", category="", material="", gender="")
    unknown = Variant(product=bare, id="v", color="", size="", price=None, currency="", stock=None)
    asked = Constraints(
        price_max=Decimal(9), color=("red",), size=("9",), gender=("men",), in_stock=True
    )

    assert explain(bare, unknown, asked, ENGLISH) == ()


def test_color_may_be_said_in_the_title() -> None:
    vase = Product(title="Red, round vase", brand="", category="", material="", gender="")
    variant = Variant(product=vase, color="", size="", price=None, stock=None)

    assert explain(vase, variant, Constraints(color=("red",)), ENGLISH) == ("red",)
    assert explain(vase, variant, Constraints(color=("blue",)), ENGLISH) == ()


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("54", "USD", "$54.00"),
        ("1299.5", "EUR", "€1,299.50"),
        ("1200", "JPY", "¥1,200"),
        ("1200", "CHF", "1,200.00 CHF"),
        ("5", "", "5.00"),
    ],
)
def test_money_reads_as_customers_know_it(amount: str, currency: str, text: str) -> None:
    assert money(Decimal(amount), currency) == text
