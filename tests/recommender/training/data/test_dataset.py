import random
from collections.abc import Callable

import pytest

from catalog.models import Product
from recommender.product_text import reranking_text
from recommender.training.data.dataset import Encode, HardNegatives, RankedList
from recommender.training.data.judgments import Judgment
from recommender.training.data.synthetic import SyntheticQuery

Make = Callable[..., Product]


@pytest.fixture
def shelf(product: Make) -> list[Product]:
    kettles = [product(f"kettle{n}", f"steel kettle model{n} litre", colors=("Red",)) for n in "ab"]
    green = product("green", "steel kettle model a", colors=("Green",))
    others = [product(f"other{n}", f"wool blanket pattern{n} throw{n}") for n in range(8)]
    return [*kettles, green, *others]


def rng(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 (a sample, not a secret)


def mine(shelf: list[Product], encode: Encode, per_query: int = 4) -> HardNegatives:
    return HardNegatives(shelf, encode, per_query)


def test_a_product_that_breaks_the_colour_is_a_wrong_answer(
    shelf: list[Product], encode: Encode
) -> None:
    query = SyntheticQuery("red kettle", ("red", "kettle"), shelf[0], {"color": "red"})
    (ranked,) = mine(shelf, encode).for_synthetic([query], rng(0))
    assert ranked.texts[0] == reranking_text(shelf[0])
    assert reranking_text(shelf[2]) in ranked.texts[1:]


def test_what_answers_too_is_never_a_wrong_answer(shelf: list[Product], encode: Encode) -> None:
    query = SyntheticQuery("red kettle", ("red", "kettle"), shelf[0], {"color": "red"})
    for seed in range(10):
        (ranked,) = mine(shelf, encode).for_synthetic([query], rng(seed))
        assert reranking_text(shelf[1]) not in ranked.texts


def test_judged_products_keep_their_gains(shelf: list[Product], encode: Encode) -> None:
    judgments = [
        Judgment("kettle", "green", 0.1),
        Judgment("kettle", "kettlea", 1.0),
        Judgment("kettle", "gone", 1.0),
    ]
    (ranked,) = mine(shelf, encode).for_judged(judgments, rng(0))
    assert ranked.gains[:2] == (1.0, 0.1)
    assert ranked.texts[:2] == (reranking_text(shelf[0]), reranking_text(shelf[2]))
    assert set(ranked.gains[2:]) == {0.0}
    assert len(ranked.texts) == len(ranked.gains) == len(ranked.cosines)


def test_a_query_judged_irrelevant_only_teaches_nothing(
    shelf: list[Product], encode: Encode
) -> None:
    assert mine(shelf, encode).for_judged([Judgment("k", "green", 0.0)], rng(0)) == []


def test_an_unjudged_product_nearer_than_the_exact_one_is_not_called_wrong(
    shelf: list[Product], encode: Encode
) -> None:
    judgments = [Judgment("wool blanket pattern3 throw3", "other5", 1.0)]
    for seed in range(10):
        (ranked,) = mine(shelf, encode).for_judged(judgments, rng(seed))
        assert reranking_text(shelf[6]) not in ranked.texts


def test_a_list_has_at_most_the_configured_wrong_answers(
    shelf: list[Product], encode: Encode
) -> None:
    (ranked,) = mine(shelf, encode, 3).for_judged([Judgment("k", "green", 1.0)], rng(0))
    assert len(ranked.texts) == 4


def test_difficulty_is_how_far_the_bi_encoder_errs() -> None:
    hard = RankedList("q", ("a", "b", "c"), (1.0, 0.1, 0.0), (0.5, 0.7, 0.6))
    assert hard.difficulty == pytest.approx(0.2)
