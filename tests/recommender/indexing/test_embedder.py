"""An embedder that does the indexer's work elsewhere, as Ray does."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, select, update

from catalog.database import sessions
from catalog.models import Product
from recommender.digest import digest
from recommender.index.port import Ids, Vectors
from recommender.indexing.indexer import Embedded, Indexer
from recommender.product_text import embedding_text
from recommender.serving.encoder import OnnxEncoder
from tests.recommender.indexing.indexers import indexer_in


@pytest.fixture
def database() -> str:
    return "sqlite"


class Elsewhere:
    """Embeds with the real encoder, two at a time; and an encoder that must not be needed."""

    def __init__(self, engine: Engine, encoder: OnnxEncoder) -> None:
        self.dimension = encoder.dimension
        self.fingerprint = encoder.fingerprint
        self.words = encoder.words
        self.asked: list[Ids] = []
        self.here: list[str] = []
        self.change_meanwhile = ""
        self._engine = engine
        self._encoder = encoder

    def __call__(self, pks: Ids) -> Iterator[Embedded]:
        self.asked.append(pks)
        for start in range(0, len(pks), 2):
            texts = self._texts(pks[start : start + 2])
            if self.change_meanwhile:
                with sessions(self._engine).begin() as session:
                    session.execute(update(Product).values(title=self.change_meanwhile))
                self.change_meanwhile = ""
            yield (
                np.array(list(texts), dtype=np.int64),
                self._encoder.encode(list(texts.values())),
                np.array([digest(text) for text in texts.values()], dtype=np.int64),
            )

    def encode(self, texts: list[str]) -> Vectors:
        self.here += texts
        return self._encoder.encode(texts)

    def _texts(self, pks: Ids) -> dict[int, str]:
        with sessions(self._engine)() as session:
            products = session.scalars(select(Product).where(Product.pk.in_(pks.tolist())))
            return {product.pk: embedding_text(product) for product in products}


@pytest.fixture
def elsewhere(filled: Engine, encoder: OnnxEncoder) -> Elsewhere:
    return Elsewhere(filled, encoder)


@pytest.fixture
def indexer(filled: Engine, elsewhere: Elsewhere, tmp_path: Path) -> Indexer:
    return indexer_in(tmp_path, filled, elsewhere)


def test_embedder_does_what_is_new_and_nothing_twice(
    indexer: Indexer, elsewhere: Elsewhere
) -> None:
    assert indexer.catch_up(embedder=elsewhere) == 6
    assert indexer.catch_up(embedder=elsewhere) == 0

    assert [len(pks) for pks in elsewhere.asked] == [6]
    assert elsewhere.here == []
    assert indexer.outstanding() == 0
    assert len(indexer.index) == len(indexer.lexical.digests()) == 6


def test_rebuild_gives_all_to_the_embedder(indexer: Indexer, elsewhere: Elsewhere) -> None:
    indexer.catch_up(embedder=elsewhere)

    assert indexer.catch_up(embedder=elsewhere, rebuild=True) == 6

    assert [len(pks) for pks in elsewhere.asked] == [6, 6]
    assert elsewhere.here == []
    assert len(indexer.index) == 6


@pytest.mark.parametrize("rebuild", [False, True])
def test_what_changes_while_it_is_embedded_is_embedded_again(
    indexer: Indexer, elsewhere: Elsewhere, rebuild: bool
) -> None:
    elsewhere.change_meanwhile = "Walnut shelf"

    indexer.catch_up(embedder=elsewhere, rebuild=rebuild)

    assert len(elsewhere.here) == 2  # those whose texts had been read already
    (query,) = elsewhere.encode(["Walnut shelf"])
    assert min(hit.score for hit in indexer.index.search(query, 6)) > 0.4
