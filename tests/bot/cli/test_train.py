import pytest

from recommender.training.config import RerankerConfig
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
