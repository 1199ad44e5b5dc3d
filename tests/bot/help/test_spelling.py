import pytest

from bot.help.spelling import Spelling

SPELLING = Spelling(["Reset your password.", "Delivery and receipts", "Refunds"], {"pastor"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("i forgot my pasword", "i forgot my password"),
        ("DELIVREY?", "delivery?"),
        ("a reciepts copy", "a receipts copy"),
        ("refnds", "refunds"),
        ("pastor", "pastor"),  # the language has it
        ("rset", "rset"),  # too short to be sure of
        ("umbrella", "umbrella"),
    ],
)
def test_an_unknown_word_becomes_the_page_s_nearest(typed: str, meant: str) -> None:
    assert SPELLING.corrected(typed) == meant


def test_a_word_between_two_is_left_alone() -> None:
    assert Spelling(["brakes brakez"], ()).corrected("braker") == "braker"
