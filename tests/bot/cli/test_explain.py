from pathlib import Path

import pytest

from recommender.reranking.attribution import Attribution, Word
from tests.bot.cli.conftest import RunAisle


@pytest.fixture
def shop(aisle: RunAisle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunAisle:
    (tmp_path / "p.tsv").write_text("id\ttitle\ndome\tSkylark Dome Tent\n")
    assert aisle("import", str(tmp_path / "p.tsv")).status == 0

    def attribute(trained: Path, query: str, text: str) -> Attribution:
        assert "Skylark Dome Tent" in text
        return Attribution(
            0.9, 2.2, 0.1, [Word("tent", 1.5)], [Word("Skylark", -0.2), Word("Tent", 0.8)]
        )

    monkeypatch.setattr("recommender.reranking.attribution.attribute", attribute)
    return aisle


def test_the_words_that_counted_are_shown(shop: RunAisle, tmp_path: Path) -> None:
    done = shop("explain", "tent", "dome", "--html", str(tmp_path / "why.html"))
    assert done.status == 0
    assert "raised  tent +1.50, Tent +0.80" in done.out
    assert "lowered  Skylark -0.20" in done.out
    assert "Skylark Dome Tent" in (tmp_path / "why.html").read_text()
    assert shop("explain", "tent", "dome", "--json").json["query"] == [["tent", 1.5]]


def test_an_unknown_product_and_a_model_of_others_are_told(
    shop: RunAisle, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "There is no product 'gone'" in shop("explain", "tent", "gone").err
    monkeypatch.setenv("AISLE_RERANKER", "someone/model")
    assert "which `aisle train` did not write" in shop("explain", "tent", "dome").err
