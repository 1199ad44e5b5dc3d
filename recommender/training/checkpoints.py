"""Checkpoints on the way, from which a training that was killed goes on.

<out>/checkpoints/config.json          what the training was told
<out>/checkpoints/checkpoint-<step>/   weights, optimizer, schedule, and where in the data
"""

import json
import shutil
from pathlib import Path
from typing import Any

from safetensors.torch import load_model, save_model
from transformers.trainer_utils import get_last_checkpoint

from recommender.training.config import TrainingConfig
from recommender.training.errors import TrainingError

_WEIGHTS = "weights.safetensors"
_MAY_DIFFER = {"resume", "log_to", "threads"}


class OwnWeights:
    """A mix-in for the trainers of sentence-transformers: they would write, and read again, a whole
    model folder, which does not know of frozen weights and of those that were put in."""

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        folder = Path(output_dir or self.args.output_dir)  # type: ignore[attr-defined]
        folder.mkdir(parents=True, exist_ok=True)
        save_model(self.model, str(folder / _WEIGHTS))  # type: ignore[attr-defined]

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        load_model(self.model, Path(resume_from_checkpoint) / _WEIGHTS)  # type: ignore[attr-defined]


def checkpoints_folder(config: TrainingConfig) -> Path:
    return config.out / "checkpoints"


def begin_checkpoints(config: TrainingConfig) -> str | None:
    """Makes the folder; the checkpoint to go on from, where one is wanted and there.

    Raises:
        TrainingError: the checkpoints that are there are of a training that was told otherwise.
    """
    folder = checkpoints_folder(config)
    told = json.loads(config.model_dump_json(exclude=_MAY_DIFFER))
    if not config.resume:
        shutil.rmtree(folder, ignore_errors=True)
    path = folder / "config.json"
    if path.is_file():
        before = json.loads(path.read_text())
        changed = sorted(name for name in told if before.get(name) != told[name])
        if changed:
            raise TrainingError(
                f"The checkpoints in {folder} are of a training with another {changed[0]}. Give "
                "the same options, or leave --resume out to begin anew."
            )
        last = get_last_checkpoint(str(folder))  # type: ignore[no-untyped-call]
        return None if last is None else str(last)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, indent=2) + "\n")
    return None


def end_checkpoints(config: TrainingConfig) -> None:
    """Deletes them: the training came to its end."""
    shutil.rmtree(checkpoints_folder(config), ignore_errors=True)
