import sys
from pathlib import Path

import pytest

from recommender.evaluation.judged_queries import JudgedQueries
from recommender.evaluation.plot import PlotError, check_plot, plot
from recommender.evaluation.search_report import SearchReport
from recommender.evaluation.stage import StageRun


@pytest.mark.parametrize("relevance", [3.0, 1.0])  # and nothing relevant, so no recall to draw
def test_every_stage_and_measure_is_named_in_the_picture(tmp_path: Path, relevance: float) -> None:
    queries = JudgedQueries({"q": "hammer", "r": "saw"}, {key: {"a": relevance} for key in "qr"})
    stage = StageRun({"q": {"a": 1.0}, "r": {"b": 1.0}}, {"q": 1.0, "r": 3.0})
    report = SearchReport.of({"lexical": stage, "dense": stage}, queries, relevant_from=2.33)
    path = tmp_path / "stages.svg"
    check_plot(path)
    plot(report, "Two queries", path)
    drawn = path.read_text()
    for label in ("lexical", "dense", "NDCG@10", "MRR@10", "Recall@100", "Two queries"):
        assert f"<!-- {label}" in drawn


def test_an_unknown_kind_of_picture_is_refused_beforehand(tmp_path: Path) -> None:
    with pytest.raises(PlotError, match=r"\.png or \.svg"):
        check_plot(tmp_path / "stages.docx")
    with pytest.raises(PlotError, match="Make it first"):
        check_plot(tmp_path / "nowhere" / "stages.png")


def test_without_matplotlib_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(PlotError, match=r"'\.\[plots\]'"):
        check_plot(tmp_path / "stages.png")
