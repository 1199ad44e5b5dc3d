import random
from collections.abc import Callable

import pytest

from catalog.models import Product
from recommender.product_text import reranking_text
from recommender.training.data.synthetic import SyntheticQuery, queries_from, values_of

Make = Callable[..., Product]


@pytest.fixture
def boots(product: Make) -> Product:
    return product(
        "boots",
        "Fellmark Cairn Waterproof Hiking Boots",
        brand="Fellmark",
        category="Shoes > Hiking Boots",
        material="Leather",
        gender="female",
        colors=("Rust", "Slate Grey"),
        description="Built for wet autumn days on stony paths. Keeps ankles steady under load.",
    )


def rng(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 (a sample, not a secret)


def many(product: Product, seed: int = 0) -> list[SyntheticQuery]:
    return queries_from(product, 40, rng(seed))


def test_queries_are_different_and_as_many_as_asked_for(boots: Product) -> None:
    queries = queries_from(boots, 12, rng(0))
    assert len({query.text for query in queries}) == len(queries) == 12


def test_the_same_seed_writes_the_same_queries(boots: Product) -> None:
    assert [q.text for q in many(boots, 3)] == [q.text for q in many(boots, 3)]
    assert [q.text for q in many(boots, 3)] != [q.text for q in many(boots, 4)]


def test_every_word_comes_from_the_product(boots: Product) -> None:
    said = reranking_text(boots).casefold() + " women for"
    assert all(word in said for query in many(boots) for word in query.words)


def test_a_query_that_names_a_value_requires_it(boots: Product) -> None:
    required = {tuple(query.requirements.items()) for query in many(boots)}
    assert (("color", "rust"),) in required
    assert (("material", "leather"),) in required
    assert (("gender", "female"),) in required
    assert (("brand", "fellmark"),) in required


def test_some_words_are_mistyped_but_the_meant_ones_are_kept(boots: Product) -> None:
    slips = [q for q in many(boots) if q.text != " ".join(q.words)]
    assert slips
    assert len(slips) < 20


def test_another_product_answers_what_its_texts_say(product: Make, boots: Product) -> None:
    query = SyntheticQuery("rust boots", ("rust", "boots"), boots, {"color": "rust"})
    assert query.is_answered_by(boots)
    assert query.is_answered_by(product("other", "Chelsea Boots", colors=("Rust", "Black")))
    assert not query.is_answered_by(product("black", "Chelsea Boots", colors=("Black",)))
    assert not query.is_answered_by(product("sandals", "Sandals", colors=("Rust",)))


def test_only_a_stated_other_value_breaks_a_requirement(product: Make, boots: Product) -> None:
    query = SyntheticQuery("rust boots", ("rust", "boots"), boots, {"color": "rust"})
    assert query.is_broken_by(product("black", "Boots", colors=("Black",)))
    assert not query.is_broken_by(product("both", "Boots", colors=("Black", "Rust")))
    assert not query.is_broken_by(product("unstated", "Boots"))


def test_a_product_without_words_gives_no_queries(product: Make) -> None:
    assert queries_from(product("odd", "— 12 | 300 —"), 5, rng(0)) == []


def test_values_are_those_of_all_variants(boots: Product) -> None:
    assert values_of(boots, "color") == {"rust", "slate grey"}
    assert values_of(boots, "material") == {"leather"}
