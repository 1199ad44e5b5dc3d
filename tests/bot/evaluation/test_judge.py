"""The judge says what is wrong, and nothing where nothing is."""

from decimal import Decimal
from typing import Any

import pytest

from bot.evaluation.catalogue import Catalogue, UnknownProductError
from bot.evaluation.expectation import Expectation
from bot.evaluation.judge import Judge
from bot.shopping.cart import Cart
from bot.shopping.question import Question
from recommender.query.constraints import Constraints
from tests.bot.evaluation.conftest import seen

STATE: dict[str, Any] = {
    "text": "shoes",
    "filters": Constraints(color=("red",), price_max=Decimal(80), category=("Shoes",)),
    "focus": "boot",
    "cart": Cart().with_more("runner", 2),
    "question": Question("which", "compare", "", ("runner", "boot")),
    "act": ("search_products",),
}


def problems(catalogue: Catalogue, expected: dict[str, Any], *ids: str) -> list[str]:
    judge = Judge(catalogue, [["boot", "runner"]])
    return judge.problems(seen(*ids, **STATE), Expectation.model_validate(expected))


@pytest.mark.parametrize(
    "expected",
    [
        {},
        {"act": "search_products"},
        {"wish": {"color": "red", "price_max": 80}},
        {"wish": {"text": "shoes", "color": "red", "price_max": 80, "category": "Shoes"}},
        {"focus": "Fell Boot"},
        {"focus": "card 1"},
        {"cart": ["2 x Heron Runner, navy"]},
        {"cart": [{"product": "card 2 of turn 1", "quantity": 2}]},
        {"saved": []},
        {"asks": True, "between": ["Fell Boot", "Heron Runner"]},
        {"asks": "which"},
        {"says": "HERE", "says_not": "sorry"},
        {"says": [["gone", "you are"]]},
        {"buttons": "cheaper"},
        {"shown": {"exactly": 2, "are": ["Heron Runner, red", "Fell Boot"], "order": "price"}},
        {"shown": {"all": {"category": "Shoes"}, "any": {"price_min": 100}}},
        {"shown": {"include": ["Fell Boot"], "leave_out": ["Heron Runner, navy"]}},
    ],
)
def test_what_is_as_expected_is_no_problem(catalogue: Catalogue, expected: dict[str, Any]) -> None:
    assert problems(catalogue, expected, "runner-red", "boot") == []


@pytest.mark.parametrize(
    ("expected", "problem"),
    [
        ({"act": "undo"}, "did search_products, not undo"),
        ({"wish": {"color": "red"}}, "price_max is 80, not empty"),
        ({"wish": {"color": "blue", "price_max": 80}}, "color is red, not blue"),
        ({"focus": "card 2"}, "the focus is 'Fell Boot'"),
        ({"focus": "nothing"}, "the focus is 'Fell Boot', not nothing"),
        ({"cart": []}, "the cart"),
        ({"cart": ["Heron Runner"]}, "the cart"),
        ({"asks": False}, "a question is open"),
        ({"asks": "choose"}, "the open question is which"),
        ({"says": "sold out"}, "does not say 'sold out'"),
        ({"says_not": "here you"}, "it says 'here you'"),
        ({"intent": "greet"}, "understood search_products"),
        ({"buttons": "Show more"}, "does not offer 'Show more'"),
        ({"chips": ["red"]}, "its chips are []"),
        ({"table": {"columns": ["Fell Boot"]}}, "the columns of its table are []"),
        ({"shown": "nothing"}, "shows 2 cards, not 0"),
        ({"shown": {"all": {"color": "red"}}}, "'Fell Boot' (boot), against color"),
        ({"shown": {"new": True}}, "shows again Fell Boot"),
        ({"shown": {"order": "-price"}}, "the prices are 80, 120"),
        ({"shown": {"are": ["Fell Boot"]}}, "the cards"),
    ],
)
def test_what_is_not_is_named(catalogue: Catalogue, expected: dict[str, Any], problem: str) -> None:
    (found,) = problems(catalogue, expected, "runner-red", "boot")
    assert problem in found


def test_a_card_that_lies_is_a_problem_of_every_turn(catalogue: Catalogue) -> None:
    lying = seen("boot")
    lying.cards[0]["price"] = 12.0
    (problem,) = Judge(catalogue).problems(lying, Expectation())
    assert "costs 120, not 12.0" in problem


def test_an_apology_for_itself_is_a_problem_of_every_turn(catalogue: Catalogue) -> None:
    sorry = seen(saying="Sorry, something went wrong on my side just now.")
    assert Judge(catalogue).problems(sorry, Expectation())
    assert Judge(catalogue).problems(seen(saying=" "), Expectation())


def test_a_card_is_called_by_its_title(catalogue: Catalogue) -> None:
    judge = Judge(catalogue, [["boot", "runner"], []])
    assert judge.written_out("tell me about the {card 1}") == "tell me about the Fell Boot"
    with pytest.raises(UnknownProductError, match="only 2 cards"):
        judge.written_out("the {card 3}")
