import pytest

from bot.shopping.english import gifts


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("a gift for my dad who loves hiking", "hiking"),
        ("a gift for my dad", ""),
        ("birthday present for my sister", ""),
        ("I need a gift for a coffee lover", "coffee lover"),
        ("surprise me", ""),
        ("I don't know what to get", ""),
        ("she likes cooking", "cooking"),
    ],
)
def test_what_is_left_says_what_they_like(said: str, rest: str) -> None:
    assert gifts.without_the_gift(said) == rest


@pytest.mark.parametrize(
    ("said", "who"),
    [("for my mum", "women"), ("a gift for him", "men"), ("for my cousin", None)],
)
def test_who_gets_it(said: str, who: str | None) -> None:
    assert gifts.recipient(said) == who


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("he loves cooking", True),
        ("she's really into yoga", True),
        ("they like hiking", True),
        ("who won the election", False),
        ("I like red", False),
    ],
)
def test_what_somebody_likes(text: str, tells: bool) -> None:
    assert gifts.tells_what_they_like(text) is tells
