import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.shopping.references import Reference, resolve
from bot.shopping.state import ShoppingState
from catalog.products import find_variants
from recommender.query.constraints import Constraints, ParsedQuery

SHOWN = ("runner-red-9", "boot", "runner-blue-10")


def pointed(
    shop: sessionmaker[Session], words: str, focus: str | None = None, **filters: object
) -> Reference:
    parsed = ParsedQuery("", Constraints(**filters))  # type: ignore[arg-type]
    state = ShoppingState(shown=SHOWN, focus=focus)
    with shop() as session:
        return resolve(words, parsed, state, find_variants(session, SHOWN))


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("the second one", "boot"),
        ("the last one", "runner-blue-10"),
        ("the cheapest of those", "runner-red-9"),
        ("the most expensive", "boot"),
        ("tell me about the Fell boot", "boot"),
    ],
)
def test_words_point_at_one_card(shop: sessionmaker[Session], words: str, id: str) -> None:
    variant = pointed(shop, words).variant
    assert variant is not None
    assert variant.id == id


def test_a_colour_points_at_the_only_card_that_has_it(shop: sessionmaker[Session]) -> None:
    variant = pointed(shop, "the red one", color=("red",)).variant
    assert variant is not None
    assert variant.id == "runner-red-9"


def test_it_is_the_focus_even_if_another_card_has_the_colour(shop: sessionmaker[Session]) -> None:
    variant = pointed(shop, "does it come in red?", focus="boot", color=("red",)).variant
    assert variant is not None
    assert variant.id == "boot"


def test_a_place_beyond_the_cards_is_named(shop: sessionmaker[Session]) -> None:
    assert pointed(shop, "number 9") == Reference(beyond=9)


def test_two_candidates_are_none(shop: sessionmaker[Session]) -> None:
    assert pointed(shop, "is it warm?").variant is None


def test_a_card_that_was_deleted_is_gone(shop: sessionmaker[Session]) -> None:
    with shop.begin() as session:
        (boot,) = find_variants(session, ["boot"])
        session.delete(boot.product)
    assert pointed(shop, "the second one").gone
