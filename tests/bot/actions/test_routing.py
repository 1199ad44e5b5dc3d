from dataclasses import replace

import pytest

from bot.actions import routing
from bot.actions.context import ActionContext
from bot.actions.turn import Turn
from bot.shopping.question import Question
from bot.shopping.state import ShoppingState

STATE = ShoppingState(text="shoes", shown=("boot", "runner-red-9", "runner-blue-9"))
WHICH = Question("which", "similar", "more like it", ("boot", "runner-red-9"))


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("the second one", "runner-red-9"),
        ("the cheaper one", "runner-red-9"),
        ("the fell boot please", "boot"),
        ("the brown one", "boot"),
        ("the waterproof one", "runner-red-9"),
    ],
)
def test_which_is_answered(context: ActionContext, words: str, chosen: str) -> None:
    turn = Turn(words, STATE, intent="product_details", question=WHICH)
    name, answered = routing.route(context, turn, "product_details")
    assert (name, answered.text, answered.chosen) == ("similar", "more like it", chosen)


@pytest.mark.parametrize(
    "words",
    [
        "something like the first but in red",
        "add the first to my cart and check out",
        "compare the cheapest and the most expensive",
    ],
)
def test_another_request_is_no_answer(context: ActionContext, words: str) -> None:
    turn = Turn(words, STATE, intent="add_to_cart", question=WHICH)
    assert routing.route(context, turn, "add_to_cart") == ("add_to_cart", turn)


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("View my cart", "view_cart"),
        ("Keep shopping", "show_more"),
        ("undo that", "undo"),
        ("Show me something like it", "similar"),
        ("a cart for my garden", "search_products"),
    ],
)
def test_a_tap_leads_where_it_says(context: ActionContext, words: str, act: str) -> None:
    turn = Turn(words, STATE, intent="search_products")
    assert routing.route(context, turn, "search_products")[0] == act


@pytest.mark.parametrize("focus", [None, "boot"])
@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("what about the green one?", "refine_search"),
        ("what about the brown one?", "product_details"),
        ("is the blue one in stock?", "product_details"),
        ("what about the second one in green?", "product_details"),
        ("is the lining of this one green?", "product_details"),
        ("what about the warranty of that one?", "product_details"),
        ("is the heel on the brown one high?", "product_details"),
    ],
)
def test_what_is_told_by_what_nothing_shown_has_is_looked_for(
    context: ActionContext, words: str, act: str, focus: str | None
) -> None:
    turn = Turn(words, replace(STATE, focus=focus), intent="product_details")
    assert routing.route(context, turn, "product_details")[0] == act
