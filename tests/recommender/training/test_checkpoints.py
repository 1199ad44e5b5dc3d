"""A training that is killed goes on, and one that gets worse stops."""

from pathlib import Path
from typing import Any

import pytest

from recommender.training import fitting
from recommender.training.choices import Method
from recommender.training.config import RetrieverConfig
from recommender.training.errors import TrainingError
from recommender.training.retriever import train
from recommender.weights.trained import Kind, load

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


class KilledError(Exception):
    pass


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    texts = {
        "products": ["id\ttitle", *(f"p{n}\tMorrow Thing {n}" for n in range(40))],
        "queries": ["query_id\tquery", *(f"q{n}\tname{n} like{n}" for n in range(40))],
        "qrels": ["query_id\tproduct_id\trelevance", *(f"q{n}\tp{n}\t3" for n in range(40))],
    }
    for name, lines in texts.items():
        (tmp_path / f"{name}.tsv").write_text("\n".join(lines) + "\n")
    return {name: tmp_path / f"{name}.tsv" for name in texts}


def config(files: dict[str, Path], out: Path, **more: Any) -> RetrieverConfig:
    settings: dict[str, Any] = {
        "method": Method.LORA,
        "lora_rank": 4,
        "epochs": 2,
        "batch_size": 8,
        "max_tokens": 16,
        "bf16": False,
        "device": "cpu",
        "log_to": "none",
        **more,
    }
    return RetrieverConfig.model_validate({"out": out, **files, **settings})


def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ends the process, as far as the training knows, right after a step."""

    class Killing(fitting._Log):
        def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
            if state.global_step == step:
                raise KilledError

    monkeypatch.setattr(fitting, "_Log", Killing)


def weights(out: Path) -> dict[str, Any]:
    state: dict[str, Any] = load(out, Kind.RETRIEVER).state_dict()
    return state


def test_a_killed_training_ends_as_one_that_was_not(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(config(files, tmp_path / "whole"))
    with monkeypatch.context() as patch, pytest.raises(KilledError):
        killed_at(5, patch)
        train(config(files, tmp_path / "killed"))
    assert list((tmp_path / "killed" / "checkpoints").glob("checkpoint-*"))
    train(config(files, tmp_path / "killed", resume=True))
    assert not (tmp_path / "killed" / "checkpoints").exists()
    whole, killed = weights(tmp_path / "whole"), weights(tmp_path / "killed")
    for name, weight in whole.items():
        assert weight.allclose(killed[name], atol=1e-5), name


def test_other_options_do_not_go_on_silently(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(KilledError):
        killed_at(5, patch)
        train(config(files, tmp_path / "killed"))
    with pytest.raises(TrainingError, match="another learning_rate"):
        train(config(files, tmp_path / "killed", resume=True, learning_rate=1e-3))


def test_it_stops_where_development_queries_get_no_better(
    files: dict[str, Path], tmp_path: Path
) -> None:
    steps: list[int] = []
    # So fast that it forgets.
    train(
        config(files, tmp_path / "out", epochs=12, learning_rate=0.05, early_stopping=1),
        lambda progress: steps.append(progress.step),
    )
    assert steps[-1] < 30


def test_curves_are_written(files: dict[str, Path], tmp_path: Path) -> None:
    train(config(files, tmp_path / "out", epochs=1, log_to="tensorboard"))
    assert list((tmp_path / "out" / "logs").glob("events.out.tfevents.*"))


def test_curves_can_go_to_weights_and_biases_offline(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_MODE", "offline")
    train(config(files, tmp_path / "out", epochs=1, log_to="wandb"))
    assert list((tmp_path / "out" / "logs" / "wandb").glob("offline-run-*"))
