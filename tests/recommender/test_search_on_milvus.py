"""The search over Milvus: two workers, as on two machines, that share the vectors alone."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, update

from catalog.database import sessions
from catalog.models import Product, Variant
from recommender.index.engines import IndexConfig, open_index
from recommender.indexing.embedded_catalogue import EmbeddedCatalogue
from recommender.offer import Offer
from recommender.query.english import ENGLISH
from recommender.search import SearchEngine
from recommender.serving.encoder import OnnxEncoder
from tests.recommender.conftest import product, variant
from tests.recommender.index.milvus_lite_server import MilvusLiteServer


@pytest.fixture
def database() -> str:
    """SQLite alone: what Milvus holds depends on no database."""
    return "sqlite"


@pytest.fixture
def config(tmp_path: Path) -> Iterator[IndexConfig]:
    server = MilvusLiteServer(tmp_path / "milvus")
    server.start()
    yield IndexConfig("milvus", server.uri)
    server.stop()


@pytest.fixture
def workers(
    filled: Engine, encoder: OnnxEncoder, config: IndexConfig, tmp_path: Path
) -> Iterator[list[SearchEngine]]:
    workers = []
    for name in ("one", "other"):
        folder = tmp_path / name
        index = open_index(config, folder, encoder.dimension, encoder.fingerprint)
        catalogue = EmbeddedCatalogue(filled, encoder, index, folder, ENGLISH)
        workers.append(SearchEngine(filled, catalogue))
    yield workers
    for worker in workers:
        worker.close()


def test_every_worker_finds_what_changed(filled: Engine, workers: list[SearchEngine]) -> None:
    one, other = workers
    assert one.refresh() == 6
    assert other.refresh() == 0  # the vectors are there already
    assert [best(worker, "running shoes").id for worker in workers] == ["comet-black-9"] * 2

    with sessions(filled).begin() as session:
        session.execute(
            update(Variant).where(Variant.id == "comet-black-9").values(price=Decimal("44.50"))
        )
        session.add(
            product("lamp", "Harbour Desk Lamp", variant("lamp", "35", color="Black", stock=3))
        )
        session.execute(delete(Product).where(Product.id == "mug"))

    for worker in workers:
        found = best(worker, "running shoes under $45")
        assert (found.id, found.price) == ("comet-black-9", Decimal("44.50"))
        assert best(worker, "desk lamp").id == "lamp"
        ids = {offer.id for offer in offers(worker, "coffee mug")}
        assert ids
        assert "mug-red" not in ids
        assert len(worker) == 6


def test_rebuild_of_one_is_served_by_the_other(workers: list[SearchEngine]) -> None:
    one, other = workers
    one.refresh()
    other.refresh()

    assert one.refresh(rebuild=True) == 6

    for worker in workers:
        assert len(worker) == 6
        assert best(worker, "wireless headphones").id == "pebble-blue"


def offers(search: SearchEngine, query: str) -> list[Offer]:
    return search.search(search.understand(query)).results


def best(search: SearchEngine, query: str) -> Offer:
    return offers(search, query)[0]
