"""When nothing has it all: what is left out, how near the shop comes, and what is shown instead."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from catalog.database import sessions
from recommender.offer import Offer
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.search import SearchEngine
from tests.recommender.conftest import product, variant


@pytest.fixture
def with_umbrella(engine: Engine, outfitters: SearchEngine) -> SearchEngine:
    """The outfitters with two products of no category."""
    with sessions(engine).begin() as session:
        session.add(product("brolly", "Storm Umbrella", variant("brolly", "18", stock=2)))
        session.add(product("sponge", "Dish Sponge", variant("sponge", "2", stock=9)))
    outfitters.refresh()
    return outfitters


@pytest.mark.parametrize(
    ("words", "constraint", "nearest"),
    [
        ("tents under $40", "price_max", 49),
        ("tents over $500", "price_min", 329),
        ("tents with at least 4.8 stars", "rating_min", 4.6),
        ("cast iron skillet, 11 inch", "measurements", "10 inch"),
        ("5 person tent", "measurements", "4 person"),
        ("burgundy mug", "color", "red"),
        ("sneakers in size 17", "size", "10"),
    ],
)
def test_the_nearest_is_named_and_shown_first(
    with_umbrella: SearchEngine, words: str, constraint: str, nearest: float | str
) -> None:
    response = with_umbrella.search(with_umbrella.understand(words))

    assert response.relaxed == (constraint,)
    (near,) = response.to_json(words)["nearest"]
    assert (near["constraint"], near["nearest"]) == (constraint, nearest)
    assert response.results
    assert _has(response.results[0], constraint, nearest)


def _has(offer: Offer, constraint: str, nearest: float | str) -> bool:
    said = {
        "price_max": offer.price, "price_min": offer.price, "size": offer.size,
        "color": offer.color.lower(),
    }  # fmt: skip
    if constraint in said:
        return said[constraint] == nearest
    return any(reason.startswith(str(nearest)) for reason in offer.why)


def test_the_rest_still_holds(with_umbrella: SearchEngine) -> None:
    response = with_umbrella.search(with_umbrella.understand("green tent, no Wanderly, under $50"))

    assert response.relaxed == ("price_max",)
    assert response.nearest[0].nearest == 149
    for offer in response.results:
        assert (offer.color, offer.category) == ("Green", "Outdoor > Tents")
        assert offer.brand != "Wanderly"


def test_what_is_sold_out_is_not_the_least(
    engine: Engine, open_search: Callable[[Engine], SearchEngine]
) -> None:
    with sessions(engine).begin() as session:
        for id, price, stock in (("gone", "10", 0), ("here", "12", 3)):
            vase = variant(id, price, stock=stock)
            session.add(product(id, f"Vase {id}", vase, category="Home > Vases"))
    search = open_search(engine)
    response = search.search(search.understand("vases under $5"))

    assert response.nearest[0].nearest == 12
    assert [offer.id for offer in response.results] == ["here", "gone"]


def test_words_say_what_is_meant_where_no_category_does(with_umbrella: SearchEngine) -> None:
    """Something costs under $3, but it is a sponge."""
    response = with_umbrella.search(with_umbrella.understand("umbrella under $3"))

    assert response.relaxed == ("price_max",)
    assert response.nearest[0].nearest == 18
    assert [offer.id for offer in response.results] == ["brolly"]


def test_no_least_is_claimed_of_what_nothing_is_called(with_umbrella: SearchEngine) -> None:
    response = with_umbrella.search(with_umbrella.understand("trombone under $1"))

    assert response.relaxed == ("price_max",)
    assert response.nearest == ()


def test_what_passes_is_not_called_relaxed(with_umbrella: SearchEngine) -> None:
    response = with_umbrella.search(with_umbrella.understand("umbrella under $20"))

    assert (response.relaxed, response.nearest) == ((), ())
    assert response.results[0].id == "brolly"


def test_what_was_refused_stays_refused(with_umbrella: SearchEngine) -> None:
    query = ParsedQuery("", Constraints(category=("Home > Vacuums",), not_brand=("Dustin", "Klar")))

    assert with_umbrella.search(query).results == []


def test_a_page_is_not_empty_because_prose_states_the_nearest_measure(
    engine: Engine, open_search: Callable[[Engine], SearchEngine]
) -> None:
    """No constraint can ask for what stands in a text that is too long for a facet."""
    prose = "About 7 ft from plug to plug, measured on the table with both plugs laid out straight"
    with sessions(engine).begin() as session:
        for id, length in (("short", "3 ft"), ("long", prose)):
            cable = {"attributes": {"length": length}, "category": "Electronics > Cables"}
            session.add(product(id, f"Cable {id}", variant(id, "9", stock=1), **cable))
    search = open_search(engine)
    response = search.search(search.understand("8 ft cable"))

    assert response.relaxed == ("measurements",)
    assert response.nearest[0].nearest == "3 ft"
    assert [offer.id for offer in response.results] == ["short"]
