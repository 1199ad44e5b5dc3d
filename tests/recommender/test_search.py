from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import numpy as np
import pytest
from sqlalchemy import Engine, text, update

from catalog.database import sessions
from catalog.models import Product, Variant
from recommender.errors import UnknownProductError
from recommender.index.faiss_index import FaissIndex
from recommender.indexing.embedded_catalogue import EmbeddedCatalogue
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.english import ENGLISH
from recommender.reranking.reranker import Scores
from recommender.search import SearchEngine
from recommender.serving.encoder import OnnxEncoder
from tests.recommender.conftest import product, variant

OpenSearch = Callable[[Engine], SearchEngine]


def found(search: SearchEngine, words: str) -> list[str]:
    """The product ids that a request finds."""
    response = search.search(search.understand(words))
    return [offer.group_id for offer in response.results]


def test_offer_obeys_every_constraint_and_says_why(search: SearchEngine) -> None:
    query = search.understand("red running shoes under $60")
    response = search.search(query)

    (offer,) = response.results
    assert (offer.id, offer.group_id) == ("swift-red-9", "swift")
    assert offer.why == ("red", "$54.00, under $60", "Running")
    assert response.relaxed == ()


def test_json_is_what_the_contract_says(search: SearchEngine) -> None:
    words = "red running shoes under $60"
    answer = search.search(search.understand(words)).to_json(words)

    assert answer["query"] == words
    assert answer["understood"]["text"] == "running shoes"
    assert answer["understood"]["filters"].items() >= {"color": ["red"], "price_max": 60}.items()
    assert answer["relaxed"] == []
    assert set(answer["took_ms"]) == {"understand", "retrieve", "rerank", "total"}
    (result,) = answer["results"]
    assert result.items() >= {
        "id": "swift-red-9", "title": "Swift Running Shoes", "brand": "Veloce", "price": 54.0,
        "currency": "USD", "in_stock": True,
    }.items()  # fmt: skip
    assert 0 < result["score"] <= 1


def test_meaning_counts_not_only_words(search: SearchEngine) -> None:
    assert found(search, "something to drink my espresso from")[0] == "mug"
    assert found(search, "listen to music")[0] == "pebble"


def test_nothing_that_passes_relaxes_one_constraint_and_obeys_the_rest(
    search: SearchEngine,
) -> None:
    response = search.search(search.understand("purple running shoes under $60"))

    assert response.relaxed == ("color",)
    assert {offer.group_id for offer in response.results} == {"swift", "comet"}
    assert all(offer.price is not None and offer.price <= 60 for offer in response.results)
    assert not any("purple" in reason for offer in response.results for reason in offer.why)


def test_kind_is_kept_when_several_constraints_fall(search: SearchEngine) -> None:
    response = search.search(search.understand("purple boots under $60"))

    assert response.relaxed == ("color", "price_max")
    assert [offer.group_id for offer in response.results] == ["drover"]


def test_unknown_price_passes_no_limit(search: SearchEngine) -> None:
    assert "mystery" in found(search, "paper lantern")
    assert "mystery" not in found(search, "paper lantern under $1000")


def test_one_offer_a_product(search: SearchEngine) -> None:
    ids = found(search, "running shoes")

    assert sorted(ids) == ["comet", "swift"]


def test_out_of_stock_comes_last(filled: Engine, open_search: OpenSearch) -> None:
    with filled.begin() as connection:
        connection.execute(update(Variant).where(Variant.id.like("swift%")).values(stock=0))
    search = open_search(filled)
    response = search.search(ParsedQuery("swift running shoes", Constraints()), k=3)

    assert response.results[-1].group_id == "swift"
    assert response.results[-1].in_stock is False
    assert response.results[-1].score > response.results[0].score


def velvet_shoes(colors: dict[str, tuple[str, int]]) -> list[Product]:
    """A product for each id, with its one colour and its stock."""
    return [
        product(id, "Velvet Slippers", variant(id, "9", color=color, stock=stock), brand=f"By {id}")
        for id, (color, stock) in colors.items()
    ]


def test_exact_color_makes_nothing_another_thing(engine: Engine, open_search: OpenSearch) -> None:
    with sessions(engine).begin() as session:
        session.add(product("rain", "Rain Jacket", variant("rain", "9", color="Navy")))
        session.add(product("denim", "Denim Trousers", variant("denim", "9", color="Blue")))
    search = open_search(engine)

    results = search.search(search.understand("blue rain jacket")).results
    assert [offer.id for offer in results] == ["rain", "denim"]


def test_exact_color_comes_before_its_shades(engine: Engine, open_search: OpenSearch) -> None:
    """Two red pairs of slippers among forty burgundy ones."""
    shades = {f"burgundy-{n}": ("Burgundy", 1) for n in range(40)}
    with sessions(engine).begin() as session:
        session.add_all(velvet_shoes(shades | {"a": ("Red", 1), "b": ("RED", 1), "c": ("Red", 0)}))
    search = open_search(engine)

    results = search.search(search.understand("red velvet slippers"), k=5).results
    assert {offer.id for offer in results[:2]} == {"a", "b"}
    assert "Burgundy" in {offer.color for offer in results}, "shades fill what is left of the page"
    browsed = search.search(search.understand("something in red"), k=3).results
    assert {offer.id for offer in browsed[:2]} == {"a", "b"}


def test_shade_in_stock_comes_before_exact_color_out_of_stock(
    engine: Engine, open_search: OpenSearch
) -> None:
    with sessions(engine).begin() as session:
        session.add_all(velvet_shoes({"gone": ("Red", 0), "shade": ("Ruby", 1), "red": ("Red", 1)}))
    search = open_search(engine)
    results = search.search(search.understand("slippers in red")).results

    assert [offer.id for offer in results] == ["red", "shade", "gone"]


def test_k_and_exclude(search: SearchEngine) -> None:
    query = search.understand("shoes")
    first = search.search(query, k=1).results
    rest = search.search(query, exclude=[first[0].id]).results

    assert len(first) == 1
    assert len(rest) == 2
    assert first[0].group_id not in {offer.group_id for offer in rest}
    assert search.search(query, exclude=["swift", "comet", "drover"]).results == []


def test_request_without_a_name_shows_a_mix(search: SearchEngine) -> None:
    response = search.search(search.understand("something red under $60"))

    assert {offer.group_id for offer in response.results} == {"swift", "mug"}
    assert {offer.color for offer in response.results} == {"Red"}


def test_empty_request_shows_the_shop_and_what_can_be_had_first(search: SearchEngine) -> None:
    results = search.search(search.understand("")).results

    assert len({offer.group_id for offer in results}) == 6
    kinds = [offer.category for offer in results]
    assert len(set(kinds[:5])) == 5, "each category in turn"


@pytest.mark.parametrize(
    "words",
    ["红色的跑鞋", "🙂", "<script>alert(1)</script>", "'; DROP TABLE products; --", "x" * 10_000,
     "under $99999999999999999999999", "under $0", "\x00", "%_%"],
)  # fmt: skip
def test_strange_requests_are_answered(search: SearchEngine, words: str) -> None:
    response = search.search(search.understand(words))

    assert response.results
    assert found(search, "coffee mug")[0] == "mug", "and so is the next"


def test_changes_are_seen_without_a_restart(search: SearchEngine, filled: Engine) -> None:
    assert found(search, "velvet sofa in teal")[0] != "sofa"

    with sessions(filled).begin() as session:
        session.add(
            product(
                "sofa", "Velvet Sofa", variant("sofa", "900", color="Teal", size="W200", stock=1),
                brand="Longlounge", category="Furniture > Sofas",
            )
        )  # fmt: skip
    search.refresh()

    understood = search.understand("longlounge sofa in teal, size W200")
    assert understood.filters == Constraints(
        brand=("Longlounge",), color=("teal",), category=("Furniture > Sofas",), size=("w200",)
    )
    assert [offer.id for offer in search.search(understood).results] == ["sofa"]


def test_search_applies_a_few_changes_itself(search: SearchEngine, filled: Engine) -> None:
    with filled.begin() as connection:
        connection.execute(text("UPDATE variants SET price = 990000 WHERE id = 'mug-red'"))
        connection.execute(text("UPDATE products SET title = 'Garden Gnome' WHERE id = 'mystery'"))
    assert search.outstanding > 0
    assert search.ready()

    assert found(search, "garden gnome")[0] == "mystery"
    assert search.outstanding == 0
    offer = search.search(search.understand("coffee mug")).results[0]
    assert offer.price == Decimal("99.00")


def test_new_size_alone_is_learnt(search: SearchEngine, filled: Engine) -> None:
    with filled.begin() as connection:
        connection.execute(update(Variant).where(Variant.id == "mug-red").values(size="Grande"))
    search.refresh()

    assert search.understand("mug size grande").filters.size == ("grande",)


def test_deleted_product_is_not_shown(search: SearchEngine, filled: Engine) -> None:
    with sessions(filled).begin() as session:
        session.delete(session.query(Product).filter_by(id="mug").one())

    assert "mug" not in found(search, "coffee mug")


def test_first_search_indexes_a_new_catalogue(filled: Engine, open_search: OpenSearch) -> None:
    search = open_search(filled)
    assert not search.ready()
    assert found(search, "coffee mug")[0] == "mug"
    assert search.ready()


def test_empty_catalogue_finds_nothing(engine: Engine, open_search: OpenSearch) -> None:
    search = open_search(engine)

    assert search.search(search.understand("red shoes under $50")).results == []
    assert search.search(search.understand("")).results == []


def test_similar_products(search: SearchEngine) -> None:
    by_variant = search.similar("swift-red-9", k=2)

    assert by_variant[0].group_id == "comet"
    assert "swift" not in {offer.group_id for offer in by_variant}
    assert [offer.id for offer in search.similar("swift", k=2)] == [o.id for o in by_variant]


def test_similar_to_nothing(search: SearchEngine) -> None:
    with pytest.raises(UnknownProductError, match="no-such"):
        search.similar("no-such")
    with pytest.raises(UnknownProductError):
        search.similar("mug\x00")  # PostgreSQL refuses to look for it


def test_many_customers_at_once(search: SearchEngine, filled: Engine) -> None:
    requests = ["red shoes", "coffee mug", "headphones under $100", "boots", ""] * 6

    def ask(words: str) -> int:
        return len(search.search(search.understand(words)).results)

    with ThreadPoolExecutor(6) as pool:
        counts = pool.map(ask, requests)
        for stock in range(5):
            with filled.begin() as connection:
                connection.execute(update(Variant).values(stock=stock))
    assert all(counts)


class ReversingReranker:
    """Ranks by how few letters a product's text has."""

    blend = 1.0

    def scores(self, query: str, texts: list[str]) -> Scores:
        return np.array([1 / len(text) for text in texts], dtype=np.float32)


def test_reranker_decides_the_order_as_far_as_it_is_blended(
    filled: Engine, encoder: OnnxEncoder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    reranker = ReversingReranker()
    folder = tmp_path_factory.mktemp("index")
    index = FaissIndex(folder, encoder.dimension, encoder.fingerprint)
    search = SearchEngine(
        filled, EmbeddedCatalogue(filled, encoder, index, folder, ENGLISH), reranker
    )
    query = ParsedQuery("leather chelsea boots", Constraints())

    assert search.search(query).results[0].group_id != "drover"
    assert search.search(query, rerank=False).results[0].group_id == "drover"
    reranker.blend = 0.01
    assert search.search(query).results[0].group_id == "drover"


def test_similar_obeys_filters_and_leaves_out_what_is_excluded(search: SearchEngine) -> None:
    (comet, *_) = search.similar("swift", k=1)
    assert comet.group_id == "comet"
    red = Constraints(color=("red",))
    for offer in search.similar("swift", filters=red):
        assert offer.color == "Red"
        assert offer.why == ("red",)
    assert "comet" not in {offer.group_id for offer in search.similar("swift", exclude=["comet"])}
    assert search.similar("swift", filters=Constraints(price_max=Decimal(1))) == []


def test_unmet_constraints_are_named(search: SearchEngine) -> None:
    asked = Constraints(color=("red",), price_max=Decimal(60), sort="price")
    unmet = search.unmet(["swift-red-9", "swift-navy-9", "comet-red-10", "no-such"], asked)
    assert unmet == {
        "swift-red-9": (),
        "swift-navy-9": ("price_max", "color"),
        "comet-red-10": ("price_max",),
        "no-such": ("price_max", "color"),
    }


def test_whether_anything_passes_takes_no_search(search: SearchEngine) -> None:
    assert search.any_pass(Constraints(color=("red",)))
    assert not search.any_pass(Constraints(color=("red",), price_max=Decimal("0.01")))
