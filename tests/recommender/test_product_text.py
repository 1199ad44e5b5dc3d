from catalog.models import Product, Variant
from recommender.product_text import embedding_text, reranking_text

SWIFT = Product(
    id="swift",
    title="Swift Running Shoes",
    brand="Veloce",
    category="Shoes > Running",
    material="Mesh",
    gender="men",
    attributes={"drop": "8 mm", "story": "long " * 50},
    description="Light  and\nquick. " + "word " * 200,
    variants=[Variant(color="Red", size="9"), Variant(color="Red", size="10")],
)


def test_what_tells_products_apart_comes_first() -> None:
    start = "Swift Running Shoes. Veloce. Shoes > Running. Red. Mesh. men. drop: 8 mm. Light and"

    assert embedding_text(SWIFT).startswith(start)


def test_reranker_reads_sizes_too() -> None:
    assert ". 9, 10. " in reranking_text(SWIFT)
    assert ". 9, 10. " not in embedding_text(SWIFT)


def test_long_parts_are_cut() -> None:
    assert len(embedding_text(SWIFT)) < 600
    assert "story" not in embedding_text(SWIFT)


def test_price_and_stock_do_not_change_the_text() -> None:
    before = embedding_text(SWIFT)
    SWIFT.variants[0].stock = 7

    assert embedding_text(SWIFT) == before


def test_brand_in_the_title_is_not_repeated() -> None:
    product = Product(
        title="Veloce Swift", brand="VELOCE", category="", material="", gender="",
        description="", attributes={}, variants=[],
    )  # fmt: skip

    assert embedding_text(product) == "Veloce Swift"
