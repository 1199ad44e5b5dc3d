import json
from pathlib import Path

import pytest

from recommender.evaluation.significance import Difference
from recommender.registry.gate import Guard, Verdict
from recommender.registry.registry import Registry
from recommender.weights.trained import WEIGHTS, Kind
from tests.bot.cli.conftest import RunAisle

BETTER = Verdict("ndcg@10", Difference(0.02, 0.01, 0.03, 0.001), True, [])
SLOWER = Verdict(
    "ndcg@10",
    Difference(0.02, 0.01, 0.03, 0.001),
    True,
    [Guard("ms a query", False, "ms a query: 20.0 to 90.0, at most 1.25x is allowed")],
)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    texts = {
        "products": "id\ttitle\np1\tMug\n",
        "queries": "query_id\tquery\nq1\tmug\n",
        "qrels": "query_id\tproduct_id\trelevance\nq1\tp1\t3\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.tsv").write_text(text)
    return [part for name in texts for part in (f"--{name}", str(tmp_path / f"{name}.tsv"))]


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    folder = tmp_path / "trained"
    folder.mkdir()
    (folder / WEIGHTS).write_bytes(b"1")
    (folder / "aisle.json").write_text(json.dumps({"kind": "reranker"}))
    return folder


def decide(monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> None:
    """The gate itself is tested by itself; here, what follows from it."""
    monkeypatch.setattr("recommender.registry.trial.try_reranker", lambda *_, **__: verdict)


def test_a_better_model_goes_into_service_and_out(
    aisle: RunAisle,
    data_dir: Path,
    files: list[str],
    trained: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decide(monkeypatch, BETTER)
    done = aisle("models", "promote", str(trained), *files, "--json")
    assert done.status == 0
    assert done.json["version"] == 1
    listed = aisle("models", "list", "--json").json["models"]
    serving = [(each["kind"], each["version"]) for each in listed if each["in_service"]]
    assert serving == [("reranker", 1), ("retriever", 0)]
    assert aisle("models", "show", "reranker", "1").json["gate"]["passes"] is True
    assert "What ships" in aisle("models", "rollback", "reranker").out
    assert Registry(data_dir, Kind.RERANKER).current == 0
    again = aisle("models", "rollback", "reranker")
    assert again.status == 1
    assert "No other reranker" in again.err


def test_a_refused_model_says_why_and_changes_nothing(
    aisle: RunAisle,
    data_dir: Path,
    files: list[str],
    trained: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decide(monkeypatch, SLOWER)
    done = aisle("models", "promote", str(trained), *files)
    assert done.status == 1
    assert "Not promoted: ms a query: 20.0 to 90.0" in done.err
    assert Registry(data_dir, Kind.RERANKER).versions() == []


def test_an_unknown_version_and_a_missing_file_are_told(
    aisle: RunAisle, files: list[str], trained: Path
) -> None:
    assert "There are: none" in aisle("models", "show", "reranker", "9").err
    files[-1] += ".gone"
    done = aisle("models", "promote", str(trained), *files)
    assert done.status == 1
    assert "No such file" in done.err


def test_a_reranker_is_measured_beside_the_retriever_that_serves(
    aisle: RunAisle,
    files: list[str],
    trained: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    retriever = tmp_path / "retriever"
    retriever.mkdir()
    (retriever / WEIGHTS).write_bytes(b"1")
    monkeypatch.setenv("AISLE_EMBEDDING_MODEL", str(retriever))
    beside: list[Path | None] = []

    def judged(*_: object, retriever: Path | None = None) -> Verdict:
        beside.append(retriever)
        return SLOWER

    monkeypatch.setattr("recommender.registry.trial.try_reranker", judged)
    aisle("models", "promote", str(trained), *files)
    assert beside == [retriever]
