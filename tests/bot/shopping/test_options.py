import pytest

from bot.shopping.options import chosen

SIZES = ("Size 9", "Size 9.5", "Size 10")
LETTERS = ("Size S", "Size L")


@pytest.mark.parametrize(
    ("words", "options", "option"),
    [
        ("size 9", SIZES, "Size 9"),
        ("9", SIZES, "Size 9"),
        ("the 9.5 please", SIZES, "Size 9.5"),
        ("I'll take size 10.", SIZES, "Size 10"),
        ("large", LETTERS, "Size L"),
        ("L", LETTERS, "Size L"),
        ("blue", ("In red", "In blue"), "In blue"),
        ("size", SIZES, None),
        ("12", SIZES, None),
        ("do you have it in 9 and waterproof?", SIZES, None),
        ("yes please", SIZES, None),
        ("", SIZES, None),
    ],
)
def test_an_option_is_chosen_by_its_words(
    words: str, options: tuple[str, ...], option: str | None
) -> None:
    assert chosen(words, options) == option
