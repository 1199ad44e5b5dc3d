import pytest

from bot.support import english_returns as english
from catalog.models import ReturnReason


@pytest.mark.parametrize(
    "text",
    [
        "yes", "yes, unused", "Yes, it's unused", "never worn", "it's new", "no, never worn",
        "not used", "I haven't opened it", "still in the box", "tried it on", "as it came",
    ],
)  # fmt: skip
def test_what_is_unused(text: str) -> None:
    assert english.says_unused(text) is True


@pytest.mark.parametrize(
    "text",
    ["no", "used", "worn once", "It's been used", "not really", "yes but I opened it", "not new"],
)
def test_what_is_used(text: str) -> None:
    assert english.says_unused(text) is False


@pytest.mark.parametrize("text", ["I don't know", "no idea", "medium", "not sure"])
def test_what_is_neither(text: str) -> None:
    assert english.says_unused(text) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2", 2), ("just one", 1), ("all", 3), ("All 3", 3), ("only two of them", 2),
        ("1 please", 1), ("send 2 back", 2), ("none", 0), ("hm", None), ("A1010", None),
    ],
)  # fmt: skip
def test_how_many(text: str, count: int | None) -> None:
    assert english.how_many(text, 3) == count


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("where do I send the return", True),
        ("how long does it take?", True),
        ("ok, can I post it myself", True),
        ("is too small", False),
        ("does not fit", False),
        ("when I opened it it was torn", False),
    ],
)
def test_what_is_a_question(text: str, asks: bool) -> None:
    assert english.asks(text) is asks


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("my frying pan arrived broken!!", ReturnReason.DAMAGED),
        ("it is defective", ReturnReason.DEFECTIVE),
        ("wrong size", ReturnReason.OTHER),
        ("the wrong item", ReturnReason.WRONG_ITEM),
        ("Another reason", ReturnReason.OTHER),
        ("asdf", None),
    ],
)
def test_why(text: str, reason: ReturnReason | None) -> None:
    assert english.return_reason(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        "status of my return A1010", "how is my return going", "where is my return",
        "has my return arrived", "did you get my return", "return status",
        "any news about my exchange",
    ],
)  # fmt: skip
def test_a_return_is_followed(text: str) -> None:
    assert english.follows_a_return(text)


@pytest.mark.parametrize(
    "text",
    [
        "what is your return policy", "I want to return my order", "return the boots",
        "where is my order", "tell me about your return policy", "how do I return it?",
        "I got the wrong size, I want to return it",
    ],
)  # fmt: skip
def test_a_return_is_not_followed(text: str) -> None:
    assert not english.follows_a_return(text)


@pytest.mark.parametrize(
    ("text", "cancels"),
    [
        ("I want to cancel the return A1010-R1", True),
        ("cancel my return", True),
        ("cancel A1010-R1", True),
        ("cancel my order", False),
        ("cancel it and I'll return the rest", False),
    ],
)
def test_a_return_is_called_off(text: str, cancels: bool) -> None:
    assert english.cancels_a_return(text) is cancels


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Send me a new one", "replacement"),
        ("a replacement please", "replacement"),
        ("My money back", "money"),
        ("refund", "money"),
        ("the boots", None),
    ],
)
def test_what_makes_good(text: str, remedy: str | None) -> None:
    assert english.remedy(text) == remedy
