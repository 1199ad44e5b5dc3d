import json
from pathlib import Path

import pytest

from recommender.errors import ModelError
from recommender.registry.registry import SHIPPED, Registry
from recommender.weights.shipped import SHIPPED_RERANKER
from recommender.weights.trained import WEIGHTS, Kind


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "data", Kind.RERANKER)


def trained(folder: Path, weights: bytes = b"1", kind: str = "reranker") -> Path:
    folder.mkdir()
    (folder / WEIGHTS).write_bytes(weights)
    (folder / "aisle.json").write_text(json.dumps({"kind": kind, "blend": 0.4}))
    return folder


def test_at_first_the_shipped_one_serves(registry: Registry) -> None:
    assert registry.versions() == []
    assert registry.current == SHIPPED
    assert registry.in_service() == SHIPPED_RERANKER


def test_what_is_added_serves_when_it_is_promoted(registry: Registry, tmp_path: Path) -> None:
    version = registry.add(trained(tmp_path / "a"), {"ndcg": 0.9})
    assert registry.current == SHIPPED
    before = registry.stamp
    registry.promote(version.number)
    assert registry.stamp != before
    folder = registry.in_service()
    assert folder == registry.folder_of(version.number)
    assert (folder / WEIGHTS).read_bytes() == b"1"
    assert registry.versions()[0].report["ndcg"] == 0.9


def test_rolling_back_goes_step_by_step(registry: Registry, tmp_path: Path) -> None:
    for name in "ab":
        registry.promote(registry.add(trained(tmp_path / name, name.encode()), {}).number)
    assert registry.current == 2
    assert registry.roll_back() == 1
    assert registry.roll_back() == SHIPPED
    with pytest.raises(ModelError, match="No other reranker"):
        registry.roll_back()
    registry.promote(2)  # nothing was lost
    assert registry.current == 2


def test_a_version_outlives_what_it_was_made_of(registry: Registry, tmp_path: Path) -> None:
    folder = trained(tmp_path / "a")
    version = registry.add(folder, {})
    (folder / WEIGHTS).write_bytes(b"other")
    assert (version.folder / WEIGHTS).read_bytes() == b"1"


def test_what_is_no_model_of_the_kind_is_refused(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="aisle train reranker"):
        registry.add(tmp_path / "empty", {})
    with pytest.raises(ModelError, match="aisle train reranker"):
        registry.add(trained(tmp_path / "r", kind="retriever"), {})


def test_an_unknown_version_is_refused(registry: Registry, tmp_path: Path) -> None:
    registry.add(trained(tmp_path / "a"), {})
    with pytest.raises(ModelError, match="There are: 1"):
        registry.promote(7)
    assert registry.current == SHIPPED


def test_a_damaged_record_says_what_to_do(registry: Registry, tmp_path: Path) -> None:
    registry.promote(registry.add(trained(tmp_path / "a"), {}).number)
    (tmp_path / "data" / "registry" / "reranker" / "service.json").write_text("{")
    with pytest.raises(ModelError, match="Delete it"):
        _ = registry.current
