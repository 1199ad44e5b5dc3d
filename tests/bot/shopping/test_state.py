from decimal import Decimal

import pytest

from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery


def test_the_slot_gives_back_the_state() -> None:
    state = ShoppingState(
        text="running shoes",
        filters=Constraints(price_max=Decimal("99.50"), color=("red",)),
        shown=("a", "b"),
        seen=("x", "a", "b"),
        focus="b",
    )
    assert ShoppingState.from_slot(state.to_slot()) == state


@pytest.mark.parametrize(
    "value", [None, "text", 7, [], {"filters": {"color": 3}}, {"shown": 5}, {"filters": "red"}]
)
def test_a_slot_of_another_shape_is_an_empty_state(value: object) -> None:
    assert ShoppingState.from_slot(value) == ShoppingState()


def test_one_card_is_what_it_means() -> None:
    assert ShoppingState().after_showing(["a"]).focus == "a"
    assert ShoppingState().after_showing(["a", "b"]).focus is None


def test_pages_add_up_until_the_next_search() -> None:
    state = ShoppingState().after_showing(["a", "b"]).after_showing(["c"])
    assert state.shown == ("c",)
    assert state.seen == ("a", "b", "c")
    after = state.for_query(ParsedQuery("tents", Constraints()))
    assert (after.shown, after.seen, after.focus) == (("c",), (), None)
