import pytest

from bot.shopping import english


@pytest.mark.parametrize(
    "words", ["cheaper", "CHEAPER please", "too expensive", "not that expensive", "cheeper ones"]
)
def test_cheaper(words: str) -> None:
    assert english.asks_for_cheaper(words)


@pytest.mark.parametrize("words", ["more expensive", "the cheap red one", "under 80"])
def test_not_cheaper(words: str) -> None:
    assert not english.asks_for_cheaper(words)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("the second one", 1),
        ("2nd", 1),
        ("#3", 2),
        ("number two", 1),
        ("the last one", -1),
        ("item 12", 11),
        (" 4 ", 3),
        ("number 0", None),
        ("size 9", None),
        ("it", None),
    ],
)
def test_places(words: str, place: int | None) -> None:
    assert english.position(words) == place


@pytest.mark.parametrize("words", ["not red", "anything but black", "without leather"])
def test_exclusions(words: str) -> None:
    assert english.asks_to_exclude(words)


@pytest.mark.parametrize(
    ("words", "pointing"), [("is it warm", True), ("that one", True), ("the red one", False)]
)
def test_pronouns(words: str, pointing: bool) -> None:
    assert english.has_pronoun(words) is pointing


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("tell me about product xyz-999", "xyz-999"),
        ("item #A4411", "A4411"),
        ("what about ab-1234?", "ab-1234"),
        ("product 2", None),
        ("the 2-person tent", None),
        ("a 24-inch screen", None),
        ("is it gore-tex", None),
    ],
)
def test_product_codes(words: str, code: str | None) -> None:
    assert english.product_code(words) == code


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("forget the boots, show me a kettle", "show me a kettle"),
        ("Actually never mind the boots. Now a kettle", "a kettle"),
        ("skip boots, kettle please", "kettle please"),
        ("I changed my mind, I'd prefer a kettle", "I'd prefer a kettle"),
        ("forget it", "forget it"),
        ("a kettle, and forget the boots", "a kettle, and forget the boots"),
    ],
)
def test_what_a_customer_takes_leave_of_is_not_searched_for(words: str, rest: str) -> None:
    assert english.without_dismissal(words) == rest


def test_a_choice_may_be_among_what_is_shown() -> None:
    assert english.among_those_shown("which of these is the cheapest")
    assert not english.among_those_shown("the cheapest one")
