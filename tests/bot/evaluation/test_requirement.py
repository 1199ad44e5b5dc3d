"""A requirement is judged by what the catalogue says, whatever the search thinks."""

from decimal import Decimal
from typing import Any

import pytest

from bot.evaluation.requirement import Requirement
from tests.bot.evaluation.conftest import item


@pytest.mark.parametrize(
    ("requirement", "broken"),
    [
        ({"color": "blue"}, ()),
        ({"color": "navy"}, ()),
        ({"color": "red"}, ("color",)),
        ({"color": ["red", "blue"]}, ()),
        ({"size": 9}, ()),
        ({"size": 10}, ("size",)),
        ({"category": "Shoes"}, ()),
        ({"category": "Shoes > Run"}, ("category",)),
        ({"price_max": 80}, ()),
        ({"price_max": 79}, ("price_max",)),
        ({"price_min": 81, "brand": "Pike"}, ("brand", "price_min")),
        ({"gender": "men"}, ()),
        ({"material": "mesh"}, ()),
        ({"says": "waterproof"}, ()),
        ({"in_stock": False}, ("in_stock",)),
        ({"not_color": "blue"}, ("not_color",)),
        ({"not_brand": "heron", "not_material": "mesh"}, ("not_brand", "not_material")),
    ],
)
def test_broken_fields_are_named(requirement: dict[str, Any], broken: tuple[str, ...]) -> None:
    assert Requirement.model_validate(requirement).broken_by(item("runner")) == broken


def test_something_for_women_is_not_for_men() -> None:
    assert Requirement(gender=("men",)).broken_by(item("runner", gender="women")) == ("gender",)


def test_an_unknown_price_meets_no_limit() -> None:
    limit = Requirement(price_max=Decimal(80))
    assert limit.broken_by(item("runner", price=None)) == ("price_max",)
