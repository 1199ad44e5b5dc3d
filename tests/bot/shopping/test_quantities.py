import pytest

from bot.shopping.english import means_each, quantity, quantity_change, size_named, without_quantity


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("add two of those", 2),
        ("2 of those", 2),
        ("I'll take 3", 3),
        ("give me two kettles", 2),
        ("a couple of the second one", 2),
        ("half a dozen of them please", 6),
        ("a dozen of those", 12),
        ("make it two", 2),
        ("make it 4 please", 4),
        ("change the quantity to 5", 5),
        ("x3", 3),
        ("3x the boot", 3),
        ("two please", 2),
        ("just one", 1),
        ("add 1000", 1000),
        ("add 0 of it", 0),
        ("make it zero", 0),
        ("two pairs of the boots", 2),
        ("a pair of the boots", 1),
        ("can you put two in my cart", 2),
        ("add 3 in size 9", 3),
        ("I want to buy 2", 2),
        ("make the first one 7", 7),
        ("change the boots to 3", 3),
        ("actually 3", 3),
        ("add it twice", 2),
        ("no, make it 2", 2),
        ("add -1 of those", 0),
    ],
)
def test_a_number_of_pieces(words: str, number: int) -> None:
    assert quantity(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "add it",
        "add the second one in size 9",
        "add the 2nd one",
        "in size 10",
        "add the first two",
        "add number two",
        "add it in a 9",
        "the one for $50",
        "add the 10 inch pan",
        "one more",
        "two less",
        "add the red one",
        "add 1.5 of it",
        "make it the red one",
        "change it to size 10",
        "make that a 30",
    ],
)
def test_other_numbers_are_none(words: str) -> None:
    assert quantity(words) is None


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("one more", 1),
        ("two more please", 2),
        ("add another one", 1),
        ("another two", 2),
        ("another", 1),
        ("one less", -1),
        ("two fewer of the boots", -2),
        ("add it", None),
        ("make it two", None),
    ],
)
def test_more_or_fewer(words: str, change: int | None) -> None:
    assert quantity_change(words) == change


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("add two of those", "add it"),
        ("add a pair of the boots", "add the boots"),
        ("two of the second one please", "the second one please"),
        ("I'll take 3", "I'll take"),
        ("add two kettles", "add kettles"),
        ("add the first two", "add the first two"),
        ("add the second one", "add the second one"),
        ("add both", "add both"),
    ],
)
def test_without_the_number_the_product_is_left(words: str, left: str) -> None:
    assert without_quantity(words) == left


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("make that a 30", "30"),
        ("change it to 10.5", "10.5"),
        ("swap it for an XL", "XL"),
        ("change the quantity to 5", None),
        ("add a 6 pack", None),
        ("add it", None),
    ],
)
def test_a_bare_size(words: str, size: str | None) -> None:
    assert size_named(words) == size


def test_all_of_them() -> None:
    assert means_each("one of each")
    assert means_each("add them all")
    assert not means_each("add them")
