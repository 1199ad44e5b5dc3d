from dataclasses import replace
from decimal import Decimal

from bot.actions.context import ActionContext
from bot.actions.searching.why_this import WhyThis
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints
from tests.bot.conftest import ScriptedSearch

STATE = ShoppingState(
    text="waterproof shoe",
    filters=Constraints(color=("red",), price_max=Decimal(100)),
    shown=("boot", "runner-red-9"),
)


def why(context: ActionContext, words: str, state: ShoppingState = STATE) -> str:
    return WhyThis(context).answer(Turn(words, state)).replies[0].text


def test_the_reasons_are_the_wishes_that_it_meets(context: ActionContext) -> None:
    text = why(context, "why the second one?")
    assert text == (
        "I showed you Heron Runner because it fits what you asked for: red; $80.00, under $100."
        " The shop's text about it also says “waterproof” and “shoe”."
    )


def test_what_it_does_not_meet_is_said(context: ActionContext, search: ScriptedSearch) -> None:
    search.unmet_by = {"boot": ("color", "price_max")}
    text = why(context, "why did you show me the first?")
    assert "does not meet everything" in text
    assert "the colour and the price limit" in text
    assert "fits what you asked for" not in text


def test_nearness_is_not_called_a_match(context: ActionContext) -> None:
    state = replace(STATE, text="sandals", filters=Constraints())
    text = why(context, "why the first?", state)
    assert text == (
        "Nothing in the shop's text names “sandals”; Fell Boot came closest in meaning."
    )


def test_without_a_search_that_is_said(context: ActionContext) -> None:
    state = ShoppingState(shown=("boot",))
    assert "haven't asked me for anything" in why(context, "why this one?", state)


def test_which_one_is_asked_where_it_is_not_clear(context: ActionContext) -> None:
    answer = WhyThis(context).answer(Turn("why this one?", STATE))
    assert answer.state is not None
    assert answer.state.question is not None
    assert answer.state.question.act == "why_this"
