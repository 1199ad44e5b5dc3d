"""The four stages over a small shop, with a reranker that likes long titles."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, select

from catalog.database import sessions
from catalog.models import Product
from recommender.evaluation.search_stages import stages_of
from recommender.index.faiss_index import FaissIndex
from recommender.indexing.embedded_catalogue import EmbeddedCatalogue
from recommender.query.english import ENGLISH
from recommender.reranking.reranker import Scores
from recommender.search import SearchEngine
from recommender.serving.encoder import OnnxEncoder

PkOf = Callable[[str], int]


class LongTextReranker:
    blend = 1.0

    def scores(self, query: str, texts: list[str]) -> Scores:
        return np.array([len(text) / 1000 for text in texts], dtype=np.float32)


@pytest.fixture
def reranking(filled: Engine, encoder: OnnxEncoder, tmp_path: Path) -> SearchEngine:
    index = FaissIndex(tmp_path / "faiss", encoder.dimension, encoder.fingerprint)
    search = SearchEngine(
        filled, EmbeddedCatalogue(filled, encoder, index, tmp_path, ENGLISH), LongTextReranker()
    )
    search.refresh()
    return search


@pytest.fixture
def pk_of(filled: Engine) -> PkOf:
    with sessions(filled)() as session:
        pks = {id: pk for id, pk in session.execute(select(Product.id, Product.pk))}
    return pks.__getitem__


def test_words_find_what_says_them_and_meaning_what_means_them(
    reranking: SearchEngine, filled: Engine, pk_of: PkOf
) -> None:
    stages = stages_of(reranking, filled)
    assert list(stages) == ["lexical", "dense", "hybrid", "reranked"]
    assert stages["lexical"]("sunrise mug", 10, None)[0] == pk_of("mug")
    assert pk_of("drover") not in stages["lexical"]("sunrise mug", 10, None)
    assert stages["dense"]("something to drink from", 1, None) == [pk_of("mug")]
    assert stages["hybrid"]("sunrise mug", 10, None)[0] == pk_of("mug")


def test_the_reranker_has_the_last_word_but_for_what_is_named(
    reranking: SearchEngine, filled: Engine, pk_of: PkOf
) -> None:
    reranked = stages_of(reranking, filled)["reranked"]
    shoes = np.array(sorted([pk_of("swift"), pk_of("drover"), pk_of("mystery")]))
    order = reranked("star lantern", 10, shoes)
    assert set(order) == set(shoes.tolist())
    assert order[-1] == pk_of("mystery")  # the shortest text, though the best match
    assert reranked("what is swift-red-9", 10, None)[0] == pk_of("swift")


def test_without_a_reranker_there_are_three_stages(search: SearchEngine, filled: Engine) -> None:
    assert list(stages_of(search, filled)) == ["lexical", "dense", "hybrid"]
