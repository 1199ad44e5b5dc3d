import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.shopping import edits
from bot.shopping.state import ShoppingState
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.measurement import Measurement

SHOES = ShoppingState(
    text="running shoes",
    filters=Constraints(
        category=("Shoes > Running",), color=("red",), price_max=Decimal(100), size=("9",)
    ),
    shown=("a", "b"),
    seen=("a", "b"),
)


def said(text: str = "", **filters: object) -> ParsedQuery:
    return ParsedQuery(text, Constraints(**filters))  # type: ignore[arg-type]


def refine(state: ShoppingState, parsed: ParsedQuery, text: str) -> ShoppingState:
    """With a parser that understands every text alike."""
    return edits.refine(state, text, lambda _: parsed)


def search_anew(state: ShoppingState, parsed: ParsedQuery, text: str) -> ShoppingState:
    return edits.search_anew(state, text, lambda _: parsed)


def test_a_newer_value_replaces_the_older() -> None:
    after = refine(SHOES, said("something", color=("blue",)), "something in blue")
    assert after.text == "running shoes"
    assert after.filters.color == ("blue",)
    assert after.filters.price_max == 100
    assert after.seen == ()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("any colour is fine", "color"),
        ("the color doesn't matter", "color"),
        ("forget the price limit", "price_max"),
        ("any price", "price_max"),
        ("any size", "size"),
    ],
)
def test_what_does_not_matter_is_dropped(words: str, field: str) -> None:
    after = refine(SHOES, said("fine"), words)
    assert field not in after.filters.names()
    assert len(after.filters.names()) == len(SHOES.filters.names()) - 1
    assert after.text == "running shoes"


def test_another_kind_starts_over() -> None:
    after = refine(SHOES, said("backpacks", category=("Bags > Backpacks",)), "backpacks")
    assert after.query == said("backpacks", category=("Bags > Backpacks",))


def test_a_wider_kind_keeps_the_narrower() -> None:
    after = refine(SHOES, said("", category=("Shoes",), gender=("women",)), "shoes for women")
    assert after.filters.category == ("Shoes > Running",)
    assert after.filters.gender == ("women",)


@pytest.mark.parametrize(
    ("addition", "wish"),
    [
        ("waterproof ones", "waterproof running shoes"),
        ("with a hood", "running shoes with a hood"),
    ],
)
def test_other_words_join_the_wish(addition: str, wish: str) -> None:
    assert refine(SHOES, said(addition), addition).text == wish


@pytest.mark.parametrize("words", ["from 30 to 60", "nothing else?", "only those"])
def test_words_without_meaning_of_their_own_are_no_wish(words: str) -> None:
    assert refine(SHOES, said(words), words).text == "running shoes"


@pytest.mark.parametrize("words", ["cheaper", "not that expensive", "something less expensive"])
def test_words_about_price_are_no_wish(words: str) -> None:
    assert refine(SHOES, said(words), words).text == "running shoes"


def test_a_constraint_said_again_in_words_is_no_wish() -> None:
    after = refine(SHOES, said("for women", gender=("women",)), "for women")
    assert after.text == "running shoes"


def test_without_a_search_before_refining_is_searching() -> None:
    wish = said("waterproof", color=("red",))
    assert refine(ShoppingState(), wish, "waterproof in red").query == wish


def test_constraints_alone_narrow_even_if_they_sound_like_a_new_search() -> None:
    after = search_anew(SHOES, said("", color=("blue",)), "in blue")
    assert after.text == "running shoes"
    assert after.filters.color == ("blue",)


def test_a_new_wish_forgets_the_old_constraints() -> None:
    assert search_anew(SHOES, said("kettle"), "a kettle").query == said("kettle")


@pytest.mark.parametrize("change", [refine, search_anew])
def test_the_first_of_the_whole_shop_is_another_search(
    change: Callable[[ShoppingState, ParsedQuery, str], ShoppingState],
) -> None:
    dearest = said("", sort="-price")
    assert change(SHOES, dearest, "most expensive thing you have").query == dearest
    assert change(SHOES, dearest, "the most expensive one you have").text == "running shoes"


def test_any_brand_means_the_refused_one_too() -> None:
    before = refine(SHOES, said("", not_brand=("Tempo",)), "not Tempo")
    assert before.filters.not_brand == ("Tempo",)
    assert refine(before, said(""), "any brand is fine").filters.not_brand == ()


BOOTS = ShoppingState(
    text="waterproof hiking boots for women",
    filters=Constraints(
        category=("Shoes > Boots",),
        gender=("women",),
        features=("waterproof",),
        color=("blue",),
        not_material=("leather",),
    ),
)


def understand(text: str) -> ParsedQuery:
    """A parser that knows some colours and genders, and nothing of what a boot may be."""
    words = text.lower().split()
    return ParsedQuery(
        "",
        Constraints(
            color=tuple(each for each in ("blue", "green") if each in words),
            gender=tuple(each for each in ("women", "men") if each in words),
        ),
    )


@pytest.mark.parametrize(
    ("words", "field", "wish"),
    [
        ("drop the waterproof", "features", "hiking boots for women"),
        ("doesn't have to be for women", "gender", "waterproof hiking boots"),
        ("forget blue", "color", "waterproof hiking boots for women"),
        ("blue isn't necessary", "color", "waterproof hiking boots for women"),
        ("they don't need to be waterproof", "features", "hiking boots for women"),
        ("leather is ok after all", "not_material", "waterproof hiking boots for women"),
    ],
)
def test_one_thing_is_taken_back_and_the_rest_stays(words: str, field: str, wish: str) -> None:
    after = edits.refine(BOOTS, words, understand)
    assert set(BOOTS.filters.names()) - set(after.filters.names()) == {field}
    assert after.text == wish


def test_another_value_replaces_and_leaves_the_wish() -> None:
    after = edits.refine(BOOTS, "no, for men", understand)
    assert after.filters.gender == ("men",)
    assert after.text == "waterproof hiking boots"


@pytest.mark.parametrize("words", ["also in green", "or green", "green too"])
def test_also_adds_a_value(words: str) -> None:
    assert edits.refine(BOOTS, words, understand).filters.color == ("blue", "green")


def test_a_bare_number_measures_the_same_thing_again() -> None:
    tent = ShoppingState(
        "tent for 4 people", Constraints(measurements=(Measurement.parse("4 person"),))
    )
    after = edits.refine(tent, "actually for 2", understand)
    assert [str(each) for each in after.filters.measurements] == ["2 person"]
    assert after.text == "tent"


def priced(text: str) -> ParsedQuery:
    limits = {}
    for word, name in (("over", "price_min"), ("under", "price_max")):
        if match := re.search(rf"{word} (\d+)", text):
            limits[name] = Decimal(match[1])
    return ParsedQuery("", Constraints(**limits))  # type: ignore[arg-type]


def test_limits_that_nothing_meets_are_a_contradiction() -> None:
    assert edits.contradiction("under 20 and over 50", priced) == (Decimal(50), Decimal(20))
    assert edits.contradiction("over 20 and under 50", priced) is None
    assert edits.contradiction("under 20 and red", priced) is None
