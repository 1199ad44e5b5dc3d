import json
from pathlib import Path

import pytest

from recommender.training.beginning import evenly, model_to_train
from recommender.training.choices import Method
from recommender.training.config import RerankerConfig
from recommender.training.errors import TrainingError
from recommender.weights.trained import WEIGHTS, Kind


def test_layers_are_kept_evenly_and_the_last_always() -> None:
    assert evenly(6, 6) == [0, 1, 2, 3, 4, 5]
    assert evenly(6, 3) == [1, 3, 5]
    assert evenly(6, 2) == [2, 5]
    assert evenly(6, 1) == [5]


@pytest.mark.parametrize("method", [Method.ADAPTER, Method.PREFIX])
@pytest.mark.parametrize("option", ["init", "retriever"])
def test_what_cannot_be_merged_is_refused_before_the_training(
    method: Method, option: str, tmp_path: Path
) -> None:
    (tmp_path / "aisle.json").write_text(json.dumps({"method": method}))
    (tmp_path / WEIGHTS).write_bytes(b"what learnt")
    told = {"out": tmp_path / "out", "database_url": "sqlite://", option: tmp_path}
    with pytest.raises(TrainingError, match="cannot be gone on from"):
        model_to_train(Kind.RERANKER, RerankerConfig.model_validate(told))
