"""One training, or several with other seeds whose weights are averaged.

Reference: Wortsman et al., Model soups: averaging weights of multiple fine-tuned models improves
accuracy without increasing inference time, 2022 (the uniform soup).
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch

from recommender.training.adaptation import save_trained
from recommender.training.checkpoints import begin_checkpoints, end_checkpoints
from recommender.training.config import TrainingConfig
from recommender.weights.shape import Shape, shape_in
from recommender.weights.trained import Kind, is_trained, load, settings_of

Config = TypeVar("Config", bound=TrainingConfig)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of a training."""

    model: Any
    shape: Shape
    """What of MiniLM the model has."""
    weights: int
    """How many of them learnt."""
    losses: list[float]


def learnt_over_seeds(config: Config, kind: Kind, learn: Callable[[Config], Learnt]) -> Learnt:
    """What `learn` makes of the configuration, or the mean of what it makes with each seed.

    A seed whose model is written already is not trained again after a kill.
    """
    if config.seeds == 1:
        return learn(config)
    begin_checkpoints(config)
    folders, learnt = [], None
    losses: list[float] = []
    for number in range(config.seeds):
        out = config.out / "seeds" / str(number)
        if not (config.resume and is_trained(out)):
            update = {"seed": config.seed + number, "seeds": 1, "out": out}
            learnt = learn(config.model_copy(update=update))
            losses += learnt.losses
            save_trained(learnt.model, kind, config.model_copy(update=update), {}, learnt.shape)
        folders.append(out)
    end_checkpoints(config)
    model = mean_of(folders, kind)
    shape = shape_in(settings_of(folders[0]))
    shutil.rmtree(config.out / "seeds")
    weights = 0 if learnt is None else learnt.weights
    return Learnt(model, shape, weights, losses)


def mean_of(folders: list[Path], kind: Kind) -> Any:
    """A model whose every weight is the mean of the trained models' weights.

    Raises:
        ModelError: one of them cannot be read.
    """
    model = load(folders[0], kind)
    total = {name: weight.double() for name, weight in model.state_dict().items()}
    for folder in folders[1:]:
        for name, weight in load(folder, kind).state_dict().items():
            total[name] += weight
    with torch.no_grad():
        for name, weight in model.state_dict().items():
            weight.copy_(total[name] / len(folders))
    return model
