import pytest

from recommender.query.english import ENGLISH
from recommender.query.spelling import Spelling
from recommender.query.vocabulary import Vocabulary

SPELLING = Spelling(
    Vocabulary(
        brands=("Stanley", "Sonavox"),
        categories=("Electronics > Headphones", "Shoes > Running"),
        title_words={
            "wireless": 9, "headphones": 9, "soothing": 5, "planter": 3, "charger": 2,
            "leather": 4, "jacket": 4, "blanket": 8, "blankets": 1, "marina": 2, "marine": 2,
            "aluminium": 6, "aluminum": 1, "staple": 4,
        },
        other_words=frozenset({"leaver"}),
    ),
    ENGLISH,
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("do u have wireles headphnes", "do u have wireless headphones"),
        ("runing shoes", "running shoes"),
        ("Runing shoes", "running shoes"),
        ("RUNING SHOES", "RUNNING SHOES"),
        ("somthing for my dog", "something for my dog"),
        ("jakcet, leathr!", "jacket, leather!"),
        ("a blankit", "a blanket"),
        ("jackett", "jacket"),
        ("hadphnoes", "headphones"),
        ("shose", "shoes"),
        ("less thaan $15", "less than $15"),
    ],
)
def test_mistyped_word_is_put_right(typed: str, meant: str) -> None:
    assert SPELLING.correct(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "adidas and reebok shoes",
        "shoes by Marinna",
        "a planner",
        "charge my phone",
        "bleanket",
        "leaver",
        "blanket for a jackets",
        "wirel3ss wireles2 xwireles-9",
        "wireles.example.com",
        "marinx",
        "sonavx",
        "stanle",
        "shoo",
        "红色的跑鞋 наушники",
        "",
    ],
)
def test_what_may_be_meant_is_left_alone(text: str) -> None:
    assert SPELLING.correct(text) == text


def test_commoner_word_wins_and_equally_common_ones_do_not() -> None:
    assert SPELLING.correct("alumnium") == "aluminium"
    assert SPELLING.correct("marinne") == "marine"
    assert SPELLING.correct("marini") == "marini"


def test_words_that_exist_are_left_alone_though_the_shop_does_not_know_them() -> None:
    vocabulary = Vocabulary(title_words={"planter": 3, "heather": 3})
    assert Spelling(vocabulary, ENGLISH).correct("heater") == "heather"
    assert Spelling(vocabulary, ENGLISH, frozenset({"heater"})).correct("heater") == "heater"
    assert Spelling(vocabulary, ENGLISH, frozenset({"heater"})).correct("heaters") == "heaters"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nvy jacket", "navy jacket"),
        ("nayv", "navy"),
        ("gry", "grey"),
        ("pnk", "pink"),
        ("rd", "rd"),
        ("tol", "tol"),
    ],
)
def test_a_colour_in_haste(typed: str, meant: str) -> None:
    spelling = Spelling(Vocabulary(colors=("Navy", "Grey", "Pink")), ENGLISH)
    assert spelling.correct(typed) == meant
    assert Spelling(Vocabulary(), ENGLISH).correct(typed) == typed
