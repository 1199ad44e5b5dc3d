from decimal import Decimal
from typing import Any

import pytest

from recommender.query.constraints import Constraints

FULL = Constraints(
    price_min=Decimal("9.99"),
    price_max=Decimal(60),
    brand=("Nike",),
    color=("red", "navy"),
    category=("Shoes > Running",),
    size=("9",),
    gender=("men",),
    material=("mesh",),
    in_stock=True,
)


def test_json_holds_only_what_is_required() -> None:
    assert Constraints().to_json() == {}
    assert Constraints(color=("red",), price_max=Decimal("60.00")).to_json() == {
        "price_max": 60,
        "color": ["red"],
    }


def test_json_comes_back_the_same() -> None:
    assert Constraints.from_json(FULL.to_json()) == FULL


@pytest.mark.parametrize(
    "data",
    [
        {"price_max": "cheap"},
        {"price_max": float("nan")},
        {"price_min": "1e400"},
        {"color": "red"},
        {"size": [9]},
    ],
)
def test_wrong_json_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(data))):
        Constraints.from_json(data)


def test_unknown_keys_are_ignored() -> None:
    assert Constraints.from_json({"mood": ["gloomy"]}) == Constraints()


def test_nothing_required_is_false() -> None:
    assert not Constraints()
    assert Constraints(in_stock=True)
    assert Constraints(price_min=Decimal(0)), "at least nothing is still a limit: a price is known"


def test_newer_fields_replace_older_ones() -> None:
    older = Constraints(price_max=Decimal(100), color=("blue",), brand=("Nike",))
    newer = Constraints(price_max=Decimal(60), color=("red",))

    assert older.merged_with(newer) == Constraints(
        price_max=Decimal(60), color=("red",), brand=("Nike",)
    )


def test_older_price_limit_that_contradicts_is_dropped() -> None:
    over_50, under_30 = Constraints(price_min=Decimal(50)), Constraints(price_max=Decimal(30))

    assert over_50.merged_with(under_30) == under_30
    assert under_30.merged_with(over_50) == over_50


def test_without_requires_the_rest() -> None:
    assert FULL.without("price_min", "in_stock", "brand").names() == (
        "price_max",
        "color",
        "category",
        "size",
        "gender",
        "material",
    )
