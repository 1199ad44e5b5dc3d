from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.shopping.page import Page
from bot.shopping.references import Reference, resolve
from bot.shopping.state import ShoppingState
from catalog.models import Product, Variant
from recommender.query.constraints import Constraints, ParsedQuery

COLORS = ("red", "blue", "green", "black", "brown")
BRANDS = ("Heron", "Fell", "Sony", "Bose")


def product(
    id: str,
    title: str,
    price: str,
    color: str = "",
    *,
    other_colors: tuple[str, ...] = (),
    **of: Any,
) -> Variant:
    variants = [
        Variant(id=id if not place else f"{id}-{each}", color=each, size="", price=Decimal(price))
        for place, each in enumerate((color, *other_colors))
    ]
    attributes = of.pop("attributes", {})
    for each in variants:
        each.attributes = {}
    fields = {"brand": "", "category": "", "material": "", "gender": "", "description": ""} | of
    Product(id=id, title=title, attributes=attributes, variants=variants, **fields)
    return variants[0]


RUNNER = product("runner", "Heron Road Runner", "80", "red", brand="Heron",
                 category="Shoes > Running",
                 other_colors=("green",), attributes={"Rating": "4.1"})  # fmt: skip
BOOT = product("boot", "Fell Boot", "120", "brown", brand="Fell", category="Shoes > Boots",
               description="The upper is waterproof.", attributes={"Rating": "4.8"})  # fmt: skip
TRAIL = product(
    "trail", "Heron Trail Shoe", "95", "blue", brand="Heron", category="Shoes > Running"
)
JACKET = product("jacket", "Fell Rain Jacket", "150", "blue", brand="Fell", category="Jackets",
                 description="With a hood.")  # fmt: skip
HEADSET = product(
    "sony", "Sony Quiet Headphones", "199.99", "black", brand="Sony", category="Audio"
)
EARBUDS = product("bose", "Bose Small Earbuds", "149", "black", brand="Bose", category="Audio")
SHOES = (RUNNER, BOOT, TRAIL)
EVERYTHING = (*SHOES, JACKET, HEADSET, EARBUDS)
ON_SCREEN = ("runner", "boot", "trail")
EARLIER = ("sony", "bose", "jacket")


def understand(text: str) -> ParsedQuery:
    """Colours and brands, as the catalogue's own parser finds them."""
    words = text.lower().replace("?", "").replace(",", " ").split()
    return ParsedQuery(
        text,
        Constraints(
            color=tuple(each for each in COLORS if each in words),
            brand=tuple(each for each in BRANDS if each.lower() in words),
        ),
    )


@pytest.fixture
def point() -> Callable[..., Reference]:
    def pointed(text: str, **state: Any) -> Reference:
        pages = (Page(EARLIER, 1.0), Page(ON_SCREEN, 2.0))
        return resolve(
            text,
            replace(ShoppingState(pages=pages, shown=ON_SCREEN), **state),
            EVERYTHING,
            understand,
        )

    return pointed


def ids(reference: Reference) -> list[str]:
    return [each.id for each in reference.variants]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the second one", ["boot"]),
        ("tell me about #3", ["trail"]),
        ("the last one", ["trail"]),
        ("the top one", ["runner"]),
        ("compare the first and the third", ["runner", "trail"]),
        ("compare 1 and 3", ["runner", "trail"]),
        ("numbers 1, 2 and 3", ["runner", "boot", "trail"]),
        ("add the first two", ["runner", "boot"]),
        ("the last two please", ["boot", "trail"]),
        ("the cheapest", ["runner"]),
        ("the second cheapest", ["trail"]),
        ("the most expensive one", ["boot"]),
        ("the best rated one", ["boot"]),
        ("the brown one", ["boot"]),
        ("the blue one", ["trail"]),
        ("the Fell", ["boot"]),
        ("that boot", ["boot"]),
        ("the waterproof one", ["boot"]),
        ("the $95 one", ["trail"]),
        ("all three", ["runner", "boot", "trail"]),
        ("compare them", ["runner", "boot", "trail"]),
        ("the boot and the trail shoe", ["boot", "trail"]),
        ("Is the Heron Trail Shoe warm?", ["trail"]),
        ("that jacket", ["jacket"]),
        ("the sony", ["sony"]),
        ("the Sony or the Bose?", ["sony", "bose"]),
        ("the one with a hood", ["jacket"]),
        ("the second one from before", ["bose"]),
        ("the first of the earbuds", ["sony"]),
        ("the second shoe", ["boot"]),
        ("the last jacket", ["jacket"]),
        ("the green one", ["runner-green"]),
    ],
)
def test_words_point_at_products_of_the_conversation(
    point: Callable[..., Reference], text: str, meant: list[str]
) -> None:
    assert ids(point(text)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("is it waterproof?", ["boot"]),
        ("add it", ["boot"]),
        ("does it come in blue?", ["boot"]),
        ("how warm is that", ["boot"]),
        ("and the next one?", ["trail"]),
        ("the previous one", ["runner"]),
        ("what about sizes", ["boot"]),
        ("the jacket instead of it", ["jacket"]),
    ],
)
def test_it_is_the_product_last_spoken_of(
    point: Callable[..., Reference], text: str, meant: list[str]
) -> None:
    assert ids(point(text, focus="boot")) == meant


def test_of_two_compared_either_can_be_told(point: Callable[..., Reference]) -> None:
    compared = {"comparison": ("boot", "sony"), "focus": "boot"}
    assert ids(point("the cheaper of those two", **compared)) == ["boot"]
    assert ids(point("the more expensive one", **compared)) == ["sony"]
    assert ids(point("both", **compared)) == ["boot", "sony"]
    assert ids(point("the other one", **compared)) == ["sony"]


def test_several_that_fit_are_candidates(point: Callable[..., Reference]) -> None:
    reference = point("the Heron")
    assert reference.variant is None
    assert [each.id for each in reference.candidates] == ["runner", "trail"]


def test_a_place_beyond_the_cards_is_told(point: Callable[..., Reference]) -> None:
    assert point("number 9") == Reference(beyond=9)


def test_nothing_told_is_nothing_meant(point: Callable[..., Reference]) -> None:
    assert point("is it warm?") == Reference()


def test_a_thing_never_shown_is_not_taken_for_another(point: Callable[..., Reference]) -> None:
    assert point("add the kettle to my cart", focus="boot") == Reference(unknown="kettle")


def test_a_place_whose_product_was_deleted_is_gone() -> None:
    state = ShoppingState(shown=ON_SCREEN)
    assert resolve("the second one", state, (RUNNER, TRAIL), understand).gone
