from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from catalog.database import sessions
from catalog.models import Product
from recommender.grouping import group_key
from recommender.search import SearchEngine
from tests.recommender.conftest import product, variant


def shoe(id: str, color: str, **values: object) -> Product:
    title = f"Swift Trail Shoe, {color}"
    return product(id, title, variant(f"{id}-v", "50", color=color, stock=3), **values)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        (
            lambda: shoe("a", "Red", brand="Veloce"),
            lambda: shoe("b", "Light Blue", brand="veloce"),
            True,
        ),
        (lambda: shoe("a", "Red", brand="Veloce"), lambda: shoe("b", "Red", brand="Halden"), False),
        (lambda: product("a", "Oak Desk"), lambda: product("b", "OAK  desk!"), True),
        (lambda: product("a", "Oak Desk 120"), lambda: product("b", "Oak Desk 160"), False),
        (
            lambda: product("a", "Red", variant("x", color="Red")),
            lambda: product("b", "Blue"),
            False,
        ),
    ],
)
def test_duplicates_are_told_by_brand_and_title(
    engine: Engine, first: Callable[[], Product], second: Callable[[], Product], alike: bool
) -> None:
    products = first(), second()
    with sessions(engine).begin() as session:
        session.add_all(products)
        session.flush()

        assert (group_key(products[0]) == group_key(products[1])) == alike


@pytest.fixture
def listed_thrice(search: SearchEngine, filled: Engine) -> SearchEngine:
    sold_out = shoe("trail-0", "Red", brand="Veloce")
    sold_out.variants[0].stock = 0
    with sessions(filled).begin() as session:
        session.add_all([sold_out, *(shoe(f"trail-{n}", "Blue", brand="Veloce") for n in (1, 2))])
    search.refresh()
    return search


def test_one_of_each_is_found_and_it_can_be_had(listed_thrice: SearchEngine) -> None:
    found = listed_thrice.search(listed_thrice.understand("swift trail shoe")).results

    trails = [offer for offer in found if offer.group_id.startswith("trail")]
    assert [offer.in_stock for offer in trails] == [True]


def test_duplicate_of_what_was_shown_is_not_shown(listed_thrice: SearchEngine) -> None:
    query = listed_thrice.understand("swift trail shoe")

    found = listed_thrice.search(query, exclude=["trail-1"]).results

    assert not any(offer.group_id.startswith("trail") for offer in found)


def test_duplicate_is_not_called_similar(listed_thrice: SearchEngine) -> None:
    similar = listed_thrice.similar("trail-1")

    assert similar
    assert not any(offer.group_id.startswith("trail") for offer in similar)
