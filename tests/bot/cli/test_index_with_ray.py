"""`aisle index --ray` with two actors, in a process of its own: what Ray starts ends with that."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from bot.search_engine import open_search
from bot.settings import PROJECT_ROOT, Settings
from catalog.database import connect, sessions
from catalog.models import Product
from recommender.product_text import embedding_text
from tests.bot.cli.conftest import RunAisle

_PRODUCTS = 1_100  # more than one shard


@pytest.fixture(autouse=True)
def milvus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over Milvus, beside which Ray is meant to be."""
    monkeypatch.setenv("AISLE_INDEX", "milvus")


def test_vectors_are_those_that_one_process_makes(aisle: RunAisle, data_dir: Path) -> None:
    feed = data_dir / "feed.csv"
    titles = [f"Oak stool {number}, {'turned ' * (number % 9)}legs" for number in range(_PRODUCTS)]
    feed.write_text("id,title\n" + "".join(f'{id},"{title}"\n' for id, title in enumerate(titles)))
    aisle("import", str(feed))

    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "index", "--ray", "--workers", "2", "--json"],
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"embedded": _PRODUCTS, "products": _PRODUCTS}
    settings = Settings()
    engine = connect(settings.database_url)
    search = open_search(settings, engine)
    with sessions(engine)() as session:
        for product in session.scalars(select(Product).where(Product.pk % 50 == 0)):
            (expected,) = search.encoder.encode([embedding_text(product)])
            vector = search._catalogue.index.vector(product.pk)
            assert vector is not None
            assert np.abs(vector - expected).max() < 1e-5
    search.close()
    engine.dispose()
    assert aisle("index", "--json").json == {"embedded": 0, "products": _PRODUCTS}


def test_cluster_that_does_not_answer_is_explained_in_a_line(
    aisle: RunAisle, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data_dir / "feed.csv").write_text("id,title\na,Oak stool\n")
    aisle("import", str(data_dir / "feed.csv"))
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:1")

    done = aisle("index", "--ray")

    assert done.status == 1
    assert "Ray's cluster at RAY_ADDRESS=127.0.0.1:1 does not answer" in done.err
    assert done.err.count("\n") == 1


def test_a_node_that_comes_up_too_slowly_gets_a_second_chance(
    aisle: RunAisle, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data_dir / "feed.csv").write_text("id,title\na,Oak stool\n")
    aisle("import", str(data_dir / "feed.csv"))
    started: list[int] = []

    def slow(**_: object) -> None:
        started.append(1)
        raise Exception("The current node timed out during startup. This could")

    monkeypatch.setattr("ray.init", slow)

    done = aisle("index", "--ray")

    assert len(started) == 2
    assert done.status == 1
    assert "Ray did not start (The current node timed out during startup" in done.err
    assert done.err.count("\n") == 1


def test_missing_package_is_explained(
    aisle: RunAisle, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data_dir / "feed.csv").write_text("id,title\na,Oak stool\n")
    aisle("import", str(data_dir / "feed.csv"))
    monkeypatch.setitem(sys.modules, "ray", None)

    done = aisle("index", "--ray")

    assert (done.status, done.err) == (
        1,
        "aisle: Embedding with Ray needs ray. Run `pip install -e '.[ray]'`.\n",
    )
