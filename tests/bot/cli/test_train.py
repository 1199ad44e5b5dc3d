from pathlib import Path

import pytest

from recommender.training.config import RerankerConfig
from recommender.training.reranker import TrainingReport
from tests.bot.cli.conftest import RunAisle


def test_every_field_of_the_configuration_is_an_option(
    aisle: RunAisle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.rich_utils.MAX_WIDTH", 200)  # a narrow terminal cuts names short
    done = aisle("train", "reranker", "--help")
    assert done.status == 0
    for name in RerankerConfig.model_fields:
        assert f"--{name.replace('_', '-')}" in done.out


def test_judgments_without_products_are_wrong_usage(aisle: RunAisle) -> None:
    done = aisle("train", "reranker", "--out", "x", "--judgments", "j.tsv")
    assert done.status == 2
    assert "give the products" in done.err


def test_an_empty_catalogue_teaches_nothing(aisle: RunAisle) -> None:
    aisle("index")
    done = aisle("train", "reranker", "--out", "x")
    assert done.status == 1
    assert "Import more products" in done.err


def test_settings_are_looked_for(
    aisle: RunAisle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[RerankerConfig] = []

    def train(config: RerankerConfig, on_progress: object) -> TrainingReport:
        asked.append(config)
        config.out.mkdir(parents=True)
        (config.out / "aisle.json").write_text("{}")
        dev = {"judged": {"reranked ndcg@10": 0.5 + len(asked) / 100}}
        return TrainingReport(config.out, 1, 1, 1.0, 1, [1.0], 0.5, dev)

    monkeypatch.setattr("recommender.training.reranker.train", train)
    out = tmp_path / "tuned"
    done = aisle("train", "reranker", "--out", str(out), "--trials", "3", "--json")
    assert done.json["quality"] == 0.53
    assert done.json["trial"] == 2
    assert len({config.learning_rate for config in asked}) == 3
    assert (out / "aisle.json").is_file()
