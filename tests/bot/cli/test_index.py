import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT
from tests.bot.cli.conftest import RunAisle

FEED = """id,title,price,currency
stool,Oak stool,39,USD
lamp,Brass desk lamp,80,USD
mug,Stone mug,12,USD
"""


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.csv"
    path.write_text(FEED)
    return path


@pytest.mark.parametrize("engine", ["faiss", "milvus"])
def test_index_follows_the_catalogue(
    engine: str, aisle: RunAisle, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AISLE_INDEX", engine)
    aisle("import", str(feed))
    assert aisle("index", "--json").json == {"embedded": 3, "products": 3}
    assert prices(aisle, "oak stool, brass lamp or stone mug") == {
        "stool": 39,
        "lamp": 80,
        "mug": 12,
    }

    feed.write_text(FEED.replace("80", "70").replace("mug,Stone mug,12,USD\n", ""))
    aisle("import", str(feed), "--replace")

    assert aisle("index", "--json").json == {"embedded": 1, "products": 2}  # what is gone counts
    assert prices(aisle, "brass lamp under $75") == {"lamp": 70, "stool": 39}
    assert aisle("index", "--rebuild", "--json").json == {"embedded": 2, "products": 2}
    assert prices(aisle, "oak stool or brass lamp") == {"stool": 39, "lamp": 70}


def test_milvus_lite_file_is_free_for_the_next_process(
    aisle: RunAisle, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AISLE_INDEX", "milvus")
    aisle("import", str(feed))
    aisle("index")

    monkeypatch.setenv("PYTHONPATH", str(PROJECT_ROOT))
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "validate"], capture_output=True, text=True
    )

    assert "3 products in the index" in done.stdout


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"AISLE_INDEX": "pinecone"}, "AISLE_INDEX: Input should be 'faiss' or 'milvus'"),
        (
            {"AISLE_INDEX": "milvus", "AISLE_MILVUS_URI": "http://127.0.0.1:1"},
            "Milvus at http://127.0.0.1:1 does not answer as it should",
        ),
    ],
)
def test_wrong_configuration_is_explained_in_a_line(
    variables: dict[str, str], says: str, aisle: RunAisle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    done = aisle("index")

    assert done.status == 1
    assert says in done.err
    assert done.err.count("\n") == 1


def prices(aisle: RunAisle, query: str) -> dict[str, float]:
    """What a search finds, best first, with its prices."""
    return {
        offer["id"]: offer["price"]
        for offer in aisle("search", query, "--no-rerank", "--json").json["results"]
    }
