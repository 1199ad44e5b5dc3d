import pytest

from bot.shopping.english import respelled

KNOWN = {"shoe", "not", "for", "wide", "haven", "mat"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Can you shwo me lamps", "Can you show me lamps"),
        ("Do you havve it", "Do you have it"),
        ("At mot $250", "At most $250"),
        ("SHWO ME", "SHOW ME"),
        ("sneakers 4 men", "sneakers for men"),
        ("compre the frst and the scond", "compare the first and the second"),
    ],
)
def test_slips_in_words_of_asking_are_put_right(typed: str, meant: str) -> None:
    assert respelled(typed, KNOWN.__contains__) == meant


@pytest.mark.parametrize(
    "text", ["a shoe", "Sonny tents", "not for me", "jane@showe.com", "haven mat"]
)
def test_other_words_stay(text: str) -> None:
    assert respelled(text, KNOWN.__contains__) == text
