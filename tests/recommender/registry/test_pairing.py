import json
import shutil
from pathlib import Path

import pytest

from recommender.registry.pairing import warning
from recommender.weights.shipped import SHIPPED_RERANKER, SHIPPED_RETRIEVER
from recommender.weights.trained import WEIGHTS, fingerprint


@pytest.fixture
def retriever(tmp_path: Path) -> Path:
    folder = tmp_path / "my-retriever"
    folder.mkdir()
    (folder / WEIGHTS).write_bytes(b"1")
    return folder


def reranker(folder: Path, beside: Path | None, **record: str) -> Path:
    folder.mkdir()
    config = {"retriever": None if beside is None else str(beside)}
    (folder / "training.json").write_text(json.dumps({"config": config, **record}))
    return folder


def test_made_for_each_other(tmp_path: Path, retriever: Path) -> None:
    assert warning(SHIPPED_RERANKER, SHIPPED_RETRIEVER) == ""
    known = fingerprint(SHIPPED_RETRIEVER)
    assert warning(reranker(tmp_path / "alone", None, retriever=known), SHIPPED_RETRIEVER) == ""
    assert warning(reranker(tmp_path / "both", retriever), retriever) == ""


def test_another_retriever_is_told(tmp_path: Path, retriever: Path) -> None:
    assert "the retriever that ships" in warning(SHIPPED_RERANKER, retriever)
    assert "my-retriever" in warning(reranker(tmp_path / "r", retriever), SHIPPED_RETRIEVER)
    known = fingerprint(SHIPPED_RETRIEVER)
    beside_ours = reranker(tmp_path / "ours", None, retriever=known)
    assert "the retriever that ships" in warning(beside_ours, retriever)
    older = reranker(tmp_path / "older", None, retriever="of another release")
    assert "one that once shipped" in warning(older, SHIPPED_RETRIEVER)


def test_trainings_before_a_retriever_shipped_were_beside_minilm(tmp_path: Path) -> None:
    assert "beside MiniLM" in warning(reranker(tmp_path / "old", None), SHIPPED_RETRIEVER)


def test_the_folder_of_the_retriever_may_be_gone(tmp_path: Path, retriever: Path) -> None:
    known = fingerprint(retriever)
    kept = tmp_path / "registry"
    shutil.move(retriever, kept)
    assert warning(reranker(tmp_path / "new", retriever, retriever=known), kept) == ""
    assert "my-retriever" in warning(reranker(tmp_path / "old", retriever), kept)
