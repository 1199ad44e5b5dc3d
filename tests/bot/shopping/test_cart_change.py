import pytest

from bot.shopping.cart_change import CartChange, read
from catalog.models import Product, Variant
from recommender.query.constraints import Constraints

VARIANTS = [
    Variant(id="9", color="blue", size="9", stock=2),
    Variant(id="10", color="blue", size="10", stock=2),
    Variant(id="red", color="red", size="9", stock=2),
]
Product(id="shoe", title="Shoe", variants=VARIANTS)
TEN = Constraints(size=("10",))


@pytest.mark.parametrize(
    ("words", "parsed", "change"),
    [
        ("make it two", Constraints(), CartChange(2)),
        ("one less", Constraints(), CartChange(more=-1)),
        ("change it to size 10", TEN, CartChange(version=TEN)),
        ("change it to 10", Constraints(), CartChange(version=TEN)),
        ("change it to 5", Constraints(), CartChange(5)),
        ("two of them in a 10", TEN, CartChange(2, version=TEN)),
        (
            "the red one in its place",
            Constraints(color=("red",)),
            CartChange(version=Constraints(color=("red",), size=("9",))),
        ),
        ("a size bigger", Constraints(), CartChange(version=TEN)),
        ("a size smaller", Constraints(), CartChange(lacks_size=True)),
        ("change it", Constraints(), CartChange()),
        ("the blue one in a 9", Constraints(color=("blue",), size=("9",)), CartChange()),
    ],
)
def test_what_the_words_change(words: str, parsed: Constraints, change: CartChange) -> None:
    assert read(VARIANTS[0], parsed, words) == change


def test_an_answer_keeps_the_number_said_before() -> None:
    change = read(VARIANTS[0], TEN, "Size 10", "make it two in a 12")
    assert change == CartChange(2, version=TEN)
    assert change.quantity(now=1) == 2
    assert CartChange(more=-1).quantity(now=3) == 2
