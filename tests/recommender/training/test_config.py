from pathlib import Path

import pytest
from pydantic import ValidationError

from recommender.training.config import RerankerConfig


def test_every_field_explains_itself() -> None:
    assert all(field.description for field in RerankerConfig.model_fields.values())


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "give a database_url, or products and judgments"),
        ({"products": Path("p.tsv")}, "give judgments of the products"),
        ({"database_url": "sqlite://", "judgments": Path("j.tsv")}, "give the products"),
        ({"database_url": "sqlite://", "epochs": 0}, "greater than 0"),
        ({"database_url": "sqlite://", "loss": "distill"}, "a teacher belong together"),
        ({"database_url": "sqlite://", "teacher": [Path("t")]}, "a teacher belong together"),
        ({"database_url": "sqlite://", "replay": 0.5}, "replay wants"),
        ({"database_url": "sqlite://", "early_stopping": 2}, "early_stopping needs judgments"),
        ({"database_url": "sqlite://", "seeds": 2, "method": "prefix"}, "seeds averages weights"),
        ({"products": Path("p.tsv"), "queries": Path("q.tsv")}, "give both or neither"),
        ({"products": "p.tsv", "behaviour": "b.tsv", "judgments": "j.tsv"}, "give one of"),
        ({"database_url": "sqlite://", "behaviour": "b.tsv"}, "give the products"),
        ({"database_url": "sqlite://", "test_since": "2026-03-01"}, "parts a behaviour log"),
        ({"database_url": "sqlite://", "heads": 8}, "give init with heads"),
        ({"database_url": "sqlite://", "init": "a", "heads": 8, "method": "prefix"}, "all heads"),
    ],
)
def test_a_run_that_cannot_work_is_refused(given: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        RerankerConfig.model_validate({"out": Path("out"), **given})
