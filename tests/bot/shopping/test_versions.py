from decimal import Decimal

import pytest

from bot.shopping.versions import choose, in_other_colors, in_other_sizes, next_size, other
from catalog.models import Product, Variant
from recommender.query.constraints import Constraints

NOTHING = Constraints()


def shoe(*versions: tuple[str, str, int | None]) -> list[Variant]:
    variants = [
        Variant(id=f"{color}-{size}", color=color, size=size, stock=stock, price=Decimal(80))
        for color, size, stock in versions
    ]
    Product(id="shoe", title="Shoe", variants=variants)
    return variants


SHOE = shoe(("red", "9", 4), ("red", "10", 0), ("blue", "9", 0), ("blue", "10", 3))


def test_one_version_needs_no_words() -> None:
    (mug,) = shoe(("white", "", 3))
    assert choose(mug, NOTHING, NOTHING).variant is mug
    assert choose(mug, Constraints(size=("9",)), NOTHING).variant is mug


def test_a_size_is_asked_for_of_those_in_stock() -> None:
    choice = choose(SHOE[0], NOTHING, NOTHING)
    assert choice.variant is None
    assert (choice.ask, choice.values, choice.lacking) == ("size", ("9",), "")


def test_the_size_said_is_taken_in_the_colour_shown() -> None:
    assert choose(SHOE[0], Constraints(size=("9",)), NOTHING).variant is SHOE[0]
    assert choose(SHOE[2], Constraints(size=("US 10",)), NOTHING).variant is SHOE[3]


def test_the_size_of_the_search_is_taken() -> None:
    assert choose(SHOE[0], NOTHING, Constraints(size=("9",))).variant is SHOE[0]
    # A search for a size that this product lacks says nothing of it.
    assert choose(SHOE[0], NOTHING, Constraints(size=("12",))).ask == "size"


def test_another_colour_is_taken() -> None:
    said = Constraints(color=("blue",), size=("10",))
    assert choose(SHOE[0], said, NOTHING).variant is SHOE[3]


def test_what_is_sold_out_is_still_what_was_meant() -> None:
    said = Constraints(size=("10",))
    assert choose(SHOE[0], said, NOTHING).variant is SHOE[1]


@pytest.mark.parametrize(
    ("said", "ask", "values", "lacking"),
    [
        (Constraints(size=("12",)), "size", ("9",), "12"),
        (Constraints(color=("green",)), "color", ("red", "blue"), "green"),
    ],
)
def test_what_does_not_exist_is_said(
    said: Constraints, ask: str, values: tuple[str, ...], lacking: str
) -> None:
    choice = choose(SHOE[0], said, NOTHING)
    assert (choice.variant, choice.ask, choice.values, choice.lacking) == (
        None,
        ask,
        values,
        lacking,
    )


def test_a_size_of_another_colour_is_offered_there() -> None:
    versions = shoe(("red", "9", 1), ("blue", "10", 1))
    choice = choose(versions[0], Constraints(size=("10",)), NOTHING)
    # The only red one is no answer to size 10.
    assert (choice.ask, choice.values, choice.lacking) == ("color", ("blue",), "10")
    assert choice.lacks == "size"


def test_of_a_product_that_is_sold_out_no_size_is_asked() -> None:
    gone = shoe(("red", "9", 0), ("red", "10", 0))
    assert choose(gone[0], NOTHING, NOTHING).variant is gone[0]


def test_elsewhere_in_stock() -> None:
    assert in_other_colors(SHOE[1]) == ("blue",)
    assert in_other_sizes(SHOE[1]) == ("9",)
    assert in_other_colors(SHOE[0]) == ()


def test_the_next_size_is_one_in_stock() -> None:
    shirts = shoe(("red", "M", 1), ("red", "L", 0), ("red", "XL", 2), ("blue", "S", 1))
    assert next_size(shirts[0], 1) == "XL"
    assert next_size(shirts[0], -1) is None
    assert next_size(SHOE[3], -1) is None
    assert next_size(shoe(("red", "9", 1), ("red", "9.5", 1), ("red", "10", 1))[0], 1) == "9.5"


def test_a_change_keeps_what_is_not_said() -> None:
    assert other(SHOE[0], Constraints(color=("red", "blue"))) == Constraints(
        color=("blue",), size=("9",)
    )
    assert other(SHOE[0], Constraints(size=("10",))) == Constraints(size=("10",))
    assert not other(SHOE[0], Constraints(color=("red",), size=("9",)))
