"""A reranker goes into service while customers search."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine

from recommender.registry.registry import Registry
from recommender.search import SearchEngine
from recommender.weights.trained import Kind

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture
def data_dir(reranker_models: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(reranker_models, folder)
    return folder


@pytest.fixture
def candidate(adapter: Path, tmp_path: Path) -> Path:
    """A model that is told from the one in service by its blend."""
    folder = tmp_path / "candidate"
    shutil.copytree(adapter, folder)
    (folder / "aisle.json").write_text(json.dumps({"blend": 0.25, "max_tokens": 64}))
    return folder


@pytest.fixture
def registry(data_dir: Path, adapter: Path) -> Registry:
    """With the adapter of the tests in service, so that none that ships has to be exported."""
    registry = Registry(data_dir, Kind.RERANKER)
    registry.promote(registry.add(adapter, {}).number)
    return registry


def blend(search: SearchEngine) -> float:
    assert search.reranker is not None
    return search.reranker.blend


def test_a_promoted_model_serves_and_no_search_fails(
    filled: Engine, data_dir: Path, registry: Registry, candidate: Path
) -> None:
    search = SearchEngine.open(filled, data_dir, device="cpu")
    search.refresh()
    assert blend(search) == 0.7
    done = Event()

    def shop() -> int:
        count = 0
        while not done.is_set():
            response = search.search(search.understand(f"red running shoes {count % 7}"))
            assert response.results
            count += 1
        return count

    with ThreadPoolExecutor(3) as customers:
        searching = [customers.submit(shop) for _ in range(3)]
        registry.promote(registry.add(candidate, {}).number)
        search.follow_models()
        assert blend(search) == 0.25
        registry.roll_back()
        search.follow_models()
        assert blend(search) == 0.7
        done.set()
        assert all(each.result(timeout=30) > 0 for each in searching)
    search.close()


def test_a_named_reranker_stays(
    filled: Engine, data_dir: Path, registry: Registry, adapter: Path, candidate: Path
) -> None:
    search = SearchEngine.open(filled, data_dir, reranker=str(adapter), device="cpu")
    registry.promote(registry.add(candidate, {}).number)
    search.follow_models()
    assert blend(search) == 0.7
    search.close()


def test_one_that_cannot_be_opened_leaves_what_serves(
    filled: Engine, data_dir: Path, registry: Registry, candidate: Path
) -> None:
    search = SearchEngine.open(filled, data_dir, device="cpu")
    (candidate / "adapter_model.safetensors").write_bytes(b"scribble")
    registry.promote(registry.add(candidate, {}).number)
    search.follow_models()
    assert blend(search) == 0.7
    search.close()
