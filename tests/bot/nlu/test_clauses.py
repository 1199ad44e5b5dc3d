import pytest

from bot.nlu.clauses import Clause, Part, requests, split


def texts(message: str) -> list[str]:
    return [part.text for part in split(message)]


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("hi, do you have tents and what's the shipping cost?",
         ["hi", "do you have tents", "what's the shipping cost?"]),
        ("do you have kettles? and how long does delivery take?",
         ["do you have kettles?", "how long does delivery take?"]),
        ("add it to my cart and show me my cart", ["add it to my cart", "show me my cart"]),
        ("thanks, what's your return policy?", ["thanks", "what's your return policy?"]),
        ("where is my order and can I return it?", ["where is my order", "can I return it?"]),
        ("I want a tent. Also what about shipping?", ["I want a tent.", "what about shipping?"]),
        ("hello! I need running shoes", ["hello!", "I need running shoes"]),
        ("great, add it", ["great", "add it"]),
        ("the red one, add it and what is your return policy?",
         ["the red one, add it", "what is your return policy?"]),
        ("that looks great, add it. Where is my order?",
         ["that looks great, add it.", "Where is my order?"]),
        ("show me tents\nhow do I return it", ["show me tents", "how do I return it"]),
        ("I'll take it, what's the total", ["I'll take it", "what's the total"]),
    ],
)  # fmt: skip
def test_requests_are_told_apart(message: str, parts: list[str]) -> None:
    assert texts(message) == parts


@pytest.mark.parametrize(
    "message",
    [
        "a desk and a chair under $300 together",
        "red and blue shoes",
        "compare the first and the third",
        "cheap and waterproof",
        "red and under 60",
        "a tent, a sleeping bag and a mat",
        "shoes for running and hiking",
        "in size 9 and black",
        "not red and not blue",
        "the first one and the last",
        "add the first and the second",
        "shirt and tie",
        "something warm but light",
        "black, size M",
        "no. 2 please",
        "size 9.5 please",
        "under $49.99 in red",
        "salt and pepper mill",
        "for men and women",
        "with a hood and pockets",
        "between 20 and 50",
        "then the blue one",
        "also in green",
        "Jack and Jones jeans",
        "a 27.5 inch bike",
        "yes please",
        "what colours and sizes does it come in",
        "bigger and cheaper",
        "email me at sam@example.org if it gets cheaper",
        "whichever is cheaper, add it",
        "if it is waterproof, I'll take it",
        "the second one in size 10 please, add it",
        "both of them look good, I'll take them",
        "",
        "...",
    ],
)
def test_one_request_stays_whole(message: str) -> None:
    assert len(split(message)) <= 1


def test_a_part_knows_where_it_stood() -> None:
    message = "do you have tents and what's the shipping cost?"
    for part in split(message):
        assert message[part.start : part.end] == part.text


def clauses(*intents: tuple[str, float]) -> list[Clause]:
    return [Clause(Part("", 0, 0), intent, sure) for intent, sure in intents]


def test_different_requests_are_separate() -> None:
    assert requests(clauses(("search_products", 0.9), ("ask_policy", 0.8)), 0.5)
    assert requests(clauses(("greet", 0.9), ("search_products", 0.8)), 0.5)


@pytest.mark.parametrize(
    "found",
    [
        [("search_products", 0.9), ("refine_search", 0.9)],
        [("search_products", 0.9), ("ask_policy", 0.3)],
        [("ask_policy", 0.9), ("ask_policy", 0.9)],
        [("greet", 0.9), ("greet", 0.9)],
        [("thanks", 0.9), ("goodbye", 0.9)],
        [("search_products", 0.9)],
    ],
)
def test_what_may_be_one_request_is_not_separate(found: list[tuple[str, float]]) -> None:
    assert not requests(clauses(*found), 0.5)


def test_a_call_for_help_before_a_request_is_left_out() -> None:
    found = requests(clauses(("greet", 0.9), ("help", 0.9), ("search_products", 0.9)), 0.5)
    assert [each.intent for each in found] == ["greet", "search_products"]
