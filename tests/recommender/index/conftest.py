"""FAISS indexes in a temporary place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.index import approximation
from recommender.index.faiss_index import FaissIndex
from recommender.index.rule import Rule
from tests.recommender.index.contract import (
    DIMENSION,
    MODEL,
)
from tests.recommender.index.faiss_rules import HNSW, Open


@pytest.fixture
def open_index(tmp_path: Path) -> Iterator[Open]:
    opened: list[FaissIndex] = []

    def open_index(rule: Rule = HNSW, model: str = MODEL) -> FaissIndex:
        opened.append(FaissIndex(tmp_path, DIMENSION, model, rule))
        return opened[-1]

    yield open_index
    for index in opened:
        index.close()


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The structures that are trained anew from here on."""
    trained: list[str] = []
    really_train = approximation._trained

    def train(structure: str, *rest: object) -> object:
        trained.append(str(structure))
        return really_train(structure, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(approximation, "_trained", train)
    return trained
