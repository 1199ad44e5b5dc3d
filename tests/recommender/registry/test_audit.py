from decimal import Decimal

import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.models import Product, Variant
from recommender.evaluation.collection import Collection
from recommender.registry.audit import Audit, audit
from recommender.reranking.reranker import Scores
from tests.recommender.conftest import product

KINDS = ("kettle", "blanket", "lantern", "backpack", "spade")
BRANDS = ("Morrow", "Fell")


class LikesMorrow:
    """Puts one brand first, whatever is asked for."""

    blend = 1.0

    def scores(self, query: str, texts: list[str]) -> Scores:
        return np.array([float("Morrow" in text) for text in texts], dtype=np.float32)


def encode(texts: list[str]) -> NDArray[np.float32]:
    rows = [[1.0, *(float(kind in text.lower()) for kind in KINDS)] for text in texts]
    vectors = np.array(rows, np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def shop() -> list[Product]:
    made = []
    for number in range(40):
        brand, kind = BRANDS[number % 2], KINDS[number % 5]
        variant = Variant(id=f"p{number}", color="", size="", price=Decimal(number + 1))
        fields = {"description": "", "material": "", "gender": "", "category": f"Home > {kind}"}
        title = f"{brand} {kind} {number}"
        made.append(product(f"p{number}", title, variant, brand=brand, attributes={}, **fields))
    return made


@pytest.fixture(scope="module")
def report() -> Audit:
    products = shop()
    gains = {
        f"q{query}": {each.id: float(KINDS[query % 5] in each.title) for each in products}
        for query in range(20)
    }
    texts = {each.id: each.title for each in products}
    collection = Collection(
        name="test",
        embedding_texts=texts,
        reranking_texts=texts,
        queries={f"q{query}": f"some {KINDS[query % 5]}" for query in range(20)},
        gains=gains,
        relevant_from=1.0,
        judged_only=True,
    )
    return audit(collection, products, encode, LikesMorrow())


def test_a_brand_that_is_pushed_shows(report: Audit) -> None:
    brands = report.exposure["brand"]
    assert brands["Morrow"].merit == pytest.approx(0.5)
    assert brands["Morrow"].ratio > 1.5
    assert brands["Fell"].ratio < 0.5
    assert sum(group.exposure for group in brands.values()) == pytest.approx(1)


def test_price_bands_are_quarters(report: Audit) -> None:
    bands = report.exposure["price"]
    assert [bands[name].products for name in bands] == [10, 10, 10, 10]
    assert "cheapest quarter" in bands


def test_slices_noise_and_mistakes_are_told(report: Audit) -> None:
    assert {"all", "1 or 2 words", "Home", "mistyped", "mistyped, before"} <= set(report.quality)
    value, low, high = report.quality["all"]
    assert low <= value <= high
    assert len(report.mistakes) == 10
    worst = report.mistakes[0]
    assert "Morrow" in worst.shown
    assert worst.query.split()[-1] in worst.better
    assert report.to_json()["queries"] == 20
    assert report.to_json()["exposure"]["brand"]["Fell"]["products"] == 20
