"""Superlatives: over everything that is meant, never a window of the nearest hits."""

from collections.abc import Callable

from sqlalchemy import Engine

from catalog.database import sessions
from recommender.search import SearchEngine
from tests.recommender.conftest import product, variant
from tests.recommender.query.outfitters import stocked


def test_dearest_of_all(outfitters: SearchEngine) -> None:
    response = outfitters.search(outfitters.understand("most expensive thing you have"))

    dearest = max(each.price for each in stocked() if each.in_stock)
    assert response.results[0].price == dearest
    assert response.results[0].why[0].startswith("the most expensive of")


def test_in_order_without_a_gap(outfitters: SearchEngine) -> None:
    response = outfitters.search(outfitters.understand("cheapest tents"), k=100)

    prices = [offer.price for offer in response.results]
    tents = {each.row.id: each.price for each in stocked() if each.category == "Outdoor > Tents"}
    assert prices == sorted(tents.values())
    assert response.results[0].why[0] == f"the cheapest of {len(prices)}"


def test_best_rated_and_of_equals_the_cheaper(outfitters: SearchEngine) -> None:
    response = outfitters.search(outfitters.understand("best rated tents"))

    assert [offer.group_id for offer in response.results[:2]] == ["quad", "solo"]
    assert "4.6 stars" in response.results[0].why


def test_only_what_says_the_words_competes(outfitters: SearchEngine) -> None:
    response = outfitters.search(outfitters.understand("cheapest glass mugs"))
    assert [offer.group_id for offer in response.results] == ["mug-6"]


def test_the_cheapest_is_found_behind_more_hits_than_any_window(
    engine: Engine, open_search: Callable[[Engine], SearchEngine]
) -> None:
    with sessions(engine).begin() as session:
        for number in range(300):
            lamp = variant(f"lamp-{number}", str(20 + number), stock=1)
            session.add(product(f"lamp-{number}", f"Lamp Lamp Lamp {number}", lamp))
        session.add(product("bulk", "Adjustable office lamp of brass", variant("bulk", "5")))
    search = open_search(engine)

    response = search.search(search.understand("cheapest lamp"), k=3)
    assert [offer.id for offer in response.results] == ["bulk", "lamp-0", "lamp-1"]
    dearest = search.search(search.understand("most expensive lamp"), k=1)
    assert [offer.id for offer in dearest.results] == ["lamp-299"]


def test_of_a_product_the_dearest_variant_is_shown_as_dearest(outfitters: SearchEngine) -> None:
    response = outfitters.search(outfitters.understand("most expensive percale sheet set"))

    assert response.results[0].group_id == "sheet-c"
    assert response.results[0].size == "King"
