"""A retriever goes into service while customers search."""

import logging
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from errno import ENOSPC
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine

from catalog.database import connect, sessions
from recommender.index.engines import IndexConfig
from recommender.index.port import Ids, Vectors
from recommender.indexing.embedded_catalogue import EmbeddedCatalogue
from recommender.indexing.indexer import Embedded
from recommender.indexing.local_embedding import LocalEmbedder
from recommender.registry.registry import Registry
from recommender.search import SearchEngine
from recommender.serving.encoder import OnnxEncoder
from recommender.serving.export import prepare_retriever
from recommender.serving.models import retriever_in_service
from recommender.weights.shipped import SHIPPED_RETRIEVER
from recommender.weights.trained import WEIGHTS, Kind, fingerprint
from tests.recommender.conftest import product, shop, variant
from tests.recommender.index.milvus_lite_server import MilvusLiteServer
from tests.recommender.sudden_death import run_until_killed

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

MANY = 300
"""Products; more than two pages of them."""
QUERY = "something to put on my feet"


@pytest.fixture(scope="session")
def exported(
    reranker_models: Path, retriever: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A data folder with all models that the tests serve."""
    folder = tmp_path_factory.mktemp("exported")
    shutil.copytree(reranker_models, folder, dirs_exist_ok=True)
    prepare_retriever(folder, str(retriever))
    return folder


@pytest.fixture
def data_dir(exported: Path, adapter: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(exported, folder)
    rerankers = Registry(folder, Kind.RERANKER)
    rerankers.promote(rerankers.add(adapter, {}).number)  # so that none has to be exported
    return folder


@pytest.fixture
def registry(data_dir: Path, retriever: Path) -> Registry:
    """With the trained retriever in it, not yet in service."""
    registry = Registry(data_dir, Kind.RETRIEVER)
    registry.add(retriever, {})
    return registry


Open = Callable[..., SearchEngine]


@pytest.fixture
def open_shop(filled: Engine, data_dir: Path) -> Iterator[Open]:
    opened = []

    def open_shop(embedding_model: str = "") -> SearchEngine:
        search = SearchEngine.open(filled, data_dir, embedding_model=embedding_model, device="cpu")
        search.refresh()
        opened.append(search)
        return search

    yield open_shop
    for search in opened:
        search.close()


def serves_trained(search: SearchEngine) -> bool:
    return search.encoder.fingerprint != f"trained:{fingerprint(SHIPPED_RETRIEVER)}"


def found(search: SearchEngine) -> list[tuple[str, float]]:
    results = search.search(search.understand(QUERY), rerank=False).results
    return [(offer.id, round(offer.score, 3)) for offer in results]


def follow(search: SearchEngine, done: Callable[[], bool]) -> None:
    """As the service does, until so much is done."""
    deadline = monotonic() + 60
    while not done():
        assert monotonic() < deadline
        search.follow_models()
        sleep(0.01)


def test_searches_go_on_while_it_is_promoted_and_taken_back(
    open_shop: Open, registry: Registry
) -> None:
    search = open_shop()
    before = found(search)
    ended = Event()

    def customer() -> int:
        count = 0
        while not ended.is_set():
            assert search.search(search.understand(f"red running shoes {count % 7}")).results
            assert search.similar("swift", k=2)
            count += 1
        return count

    with ThreadPoolExecutor(3) as customers:
        searching = [customers.submit(customer) for _ in range(3)]
        try:
            registry.promote(1)
            follow(search, lambda: serves_trained(search))
            after = found(search)
            registry.roll_back()
            follow(search, lambda: not serves_trained(search))
        finally:
            ended.set()
        assert all(each.result(timeout=30) > 0 for each in searching)
    assert after != before
    assert len(search) == 6
    assert found(search) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_on_milvus_it_is_taken_too(
    filled: Engine, data_dir: Path, registry: Registry, tmp_path: Path
) -> None:
    server = MilvusLiteServer(tmp_path / "milvus")
    server.start()
    config = IndexConfig("milvus", server.uri)
    search = SearchEngine.open(filled, data_dir, device="cpu", index=config)
    search.refresh()
    before = found(search)
    registry.promote(1)
    follow(search, lambda: serves_trained(search))
    assert len(search) == 6
    assert found(search) != before
    registry.roll_back()
    follow(search, lambda: not serves_trained(search))
    assert found(search) == before
    search.close()
    server.stop()


def test_what_changes_meanwhile_is_found_before_and_after(
    open_shop: Open, registry: Registry, filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = open_shop()
    half, go_on = Event(), Event()
    whole = LocalEmbedder.__call__

    def waiting(self: LocalEmbedder, pks: Ids) -> Iterator[Embedded]:
        yield from whole(self, pks)
        half.set()
        assert go_on.wait(30)

    monkeypatch.setattr(LocalEmbedder, "__call__", waiting)
    registry.promote(1)
    search.follow_models()
    assert half.wait(30)
    with sessions(filled).begin() as session:
        session.add(product("lamp", "Harbour Desk Lamp", variant("lamp", "35", stock=3)))
    assert search.search(search.understand("desk lamp")).results[0].id == "lamp"
    assert not serves_trained(search)
    go_on.set()
    follow(search, lambda: serves_trained(search))
    assert search.outstanding == 0
    assert len(search) == 7
    assert search.search(search.understand("harbour desk lamp")).results[0].id == "lamp"


def test_the_index_of_the_one_before_goes(
    open_shop: Open, registry: Registry, data_dir: Path
) -> None:
    search = open_shop()
    indexes = data_dir / "index" / "faiss"
    (before,) = indexes.iterdir()
    registry.promote(1)
    follow(search, lambda: serves_trained(search) and not before.exists())
    assert len(list(indexes.iterdir())) == 1


def test_a_named_model_stays(open_shop: Open, registry: Registry, retriever: Path) -> None:
    search = open_shop(embedding_model=str(retriever))
    registry.promote(registry.add(retriever, {}).number)
    registry.roll_back()
    search.follow_models()
    assert serves_trained(search)
    assert not [thread for thread in threading.enumerate() if thread.name == "retriever"]


def test_one_that_cannot_be_opened_leaves_what_serves(
    open_shop: Open,
    registry: Registry,
    retriever: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    search = open_shop()
    broken = tmp_path / "broken"
    shutil.copytree(retriever, broken)
    (broken / WEIGHTS).write_bytes(b"scribble")
    with caplog.at_level(logging.ERROR):
        registry.promote(registry.add(broken, {}).number)
        follow(search, lambda: "not served" in caplog.text)
    assert not serves_trained(search)
    assert found(search)
    registry.promote(1)
    follow(search, lambda: serves_trained(search))


def full_disk(self: EmbeddedCatalogue, stopped: Callable[[], bool]) -> None:
    raise OSError(ENOSPC, "No space left on device")


def test_it_is_tried_again_after_a_failure(
    open_shop: Open,
    registry: Registry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    search = open_shop()
    monkeypatch.setattr("recommender.indexing.retriever_following._TRY_AGAIN_SECONDS", 0.05)
    with monkeypatch.context() as full, caplog.at_level(logging.ERROR):
        full.setattr(EmbeddedCatalogue, "embed", full_disk)
        registry.promote(1)
        follow(search, lambda: "trying again" in caplog.text)
        assert not serves_trained(search)
    follow(search, lambda: serves_trained(search))


def test_a_new_shop_begins_with_the_one_in_service(open_shop: Open, registry: Registry) -> None:
    registry.promote(1)
    search = open_shop()
    assert serves_trained(search)
    assert len(search) == 6


def test_the_name_in_service(data_dir: Path, registry: Registry) -> None:
    assert retriever_in_service(data_dir, "") == str(SHIPPED_RETRIEVER)
    registry.promote(1)
    assert retriever_in_service(data_dir, "") == str(registry.version(1).folder)
    assert retriever_in_service(data_dir, "named") == "named"


def serve_for_a_moment(url: str, data_dir: Path) -> None:
    threading.settrace(sys.gettrace())  # so that the thread that embeds can be killed at, too
    engine = connect(url)
    search = SearchEngine.open(engine, data_dir, device="cpu")
    search.refresh()
    follow(search, lambda: serves_trained(search))
    search.close()


def test_killed_while_it_embeds_the_old_one_serves(
    engine: Engine,
    database_url: str,
    data_dir: Path,
    registry: Registry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with sessions(engine).begin() as session:
        session.add_all(shop())
        session.add_all(product(f"p{i}", f"Thing number {i}") for i in range(MANY - 6))
    search = SearchEngine.open(engine, data_dir, device="cpu")
    search.refresh()
    before = found(search)
    search.close()
    registry.promote(1)

    assert run_until_killed(
        20, ("recommender/indexing/local_embedding.py",), serve_for_a_moment, database_url, data_dir
    )

    search = SearchEngine.open(engine, data_dir, device="cpu")
    assert not serves_trained(search)
    search.refresh()
    assert (found(search), len(search)) == (before, MANY)
    embedded = []
    encode = OnnxEncoder.encode

    def counting(self: OnnxEncoder, texts: list[str]) -> Vectors:
        embedded.extend(texts)
        return encode(self, texts)

    monkeypatch.setattr(OnnxEncoder, "encode", counting)
    follow(search, lambda: serves_trained(search))
    assert len(search) == MANY
    assert 0 < len(embedded) < MANY  # it went on where it was killed
    search.close()


def test_closing_stops_it(
    engine: Engine, data_dir: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sessions(engine).begin() as session:
        session.add_all(product(f"p{i}", f"Thing number {i}") for i in range(MANY))
    search = SearchEngine.open(engine, data_dir, device="cpu")
    search.refresh()
    began = Event()
    encode = OnnxEncoder.encode

    def slow(self: OnnxEncoder, texts: list[str]) -> Vectors:
        began.set()
        sleep(0.1)
        return encode(self, texts)

    monkeypatch.setattr(OnnxEncoder, "encode", slow)
    registry.promote(1)
    search.follow_models()
    assert began.wait(30)
    search.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "retriever"]
    assert not serves_trained(search)
