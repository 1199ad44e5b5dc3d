import io
from pathlib import Path

import pytest

from recommender.training.data.labelling import Unlabelled
from tests.bot.cli.conftest import RunAisle
from tests.recommender.conftest import product


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "q.tsv").write_text("query_id\tquery\nq1\tmug\n")
    (tmp_path / "p.tsv").write_text("id\ttitle\np1\tMug\np2\tCup\n")
    names = {"products": "p.tsv", "queries": "q.tsv", "qrels": "r.tsv"}
    return [part for name, file in names.items() for part in (f"--{name}", str(tmp_path / file))]


def test_answers_become_judgments(
    aisle: RunAisle, files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [
        Unlabelled("q1", "mug", product(id, title, brand="", category=""), 0.5)
        for id, title in (("p1", "Mug"), ("p2", "Cup"), ("p3", "Pan"))
    ]
    monkeypatch.setattr("bot.cli.label.most_informative", lambda *_: pairs)
    monkeypatch.setattr("recommender.serving.export.prepare", lambda *_, **__: None)
    monkeypatch.setattr("recommender.serving.models.open_reranker", lambda *_: object())
    monkeypatch.setattr("sys.stdin", io.StringIO("3\ns\n1\n"))
    done = aisle("label", *files)
    assert done.status == 0
    assert (tmp_path / "r.tsv").read_text().splitlines()[1:] == ["q1\tp1\t3", "q1\tp3\t1"]
    assert "2 judgments added" in done.err
