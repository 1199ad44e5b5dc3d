import pytest

from bot.shopping.english.set_changes import SetChange, change

THINGS = ("desk", "office chair")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("make it 500", SetChange("budget", words="500")),
        ("what about $1,400?", SetChange("budget", words="1400")),
        ("I can go up to 300", SetChange("budget", words="300")),
        ("under 100", SetChange("budget", words="100")),
        ("cheaper", SetChange("cheaper")),
        ("anything cheaper?", SetChange("cheaper")),
        ("a cheaper desk please", SetChange("cheaper", 0)),
        ("the chair is too expensive", SetChange("cheaper", 1)),
        ("another desk", SetChange("another", 0)),
        ("is there a better desk?", SetChange("another", 0)),
        ("that's too expensive together", SetChange("cheaper")),
        ("without the chair", SetChange("drop", 1)),
        ("no chair", SetChange("drop", 1)),
        ("and a lamp too", SetChange("plus", words="a lamp")),
    ],
)
def test_a_change_of_the_set(text: str, expected: SetChange) -> None:
    assert change(text, THINGS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "add the desk to my cart",
        "is the desk solid wood?",
        "tell me about the chair",
        "compare them",
        "tents under 100",
        "cheaper tents",
        "the second one",
        "I need 2 chairs",
        "does the desk come in other colours?",
        "which desk is better?",
        "and a lamp to my cart",
        "add a lamp to my basket",
    ],
)
def test_what_is_about_something_else(text: str) -> None:
    assert change(text, THINGS) is None
