"""Hyper-parameter search: trainings with other settings, judged by the development queries.

    <out>/study.db       Optuna's record of every trial, from which a search goes on
    <out>/trials/0001/   the model of the best trial so far

The test part is not looked at: the best model still has to pass the gate.
"""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import optuna

from recommender.training.choices import Method, RerankerLoss
from recommender.training.config import RerankerConfig, TrainingConfig

Config = TypeVar("Config", bound=TrainingConfig)

_STEPS_AROUND = 4.0
"""The learning rate is looked for from a fourth to four times of what suits the method."""


@dataclass(frozen=True, slots=True)
class Trial:
    number: int
    settings: dict[str, Any]
    value: float


@dataclass(frozen=True, slots=True)
class Tuner(Generic[Config]):
    """Looks for settings around those of a configuration.

    Args:
        train: trains a configuration; the measure of its development queries, more is better.
        on_trial: told of each trial that ended.
    """

    config: Config
    train: Callable[[Config], float]
    on_trial: Callable[[Trial], None] = lambda trial: None

    def search(self, trials: int) -> Trial:
        """The best of so many trials and of those that the folder knows already. Its model is
        in `config.out`."""
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        self.config.out.mkdir(parents=True, exist_ok=True)
        study = optuna.create_study(
            storage=f"sqlite:///{self.config.out / 'study.db'}",
            study_name="tuning",
            direction="maximize",
            load_if_exists=True,
            sampler=optuna.samplers.TPESampler(seed=self.config.seed),
        )
        study.optimize(self._try, n_trials=trials)
        best = study.best_trial
        for file in self._folder(best.number).iterdir():
            if file.is_file():
                shutil.copy(file, self.config.out)
        return Trial(best.number, dict(best.params), float(best.value or 0.0))

    def _try(self, trial: optuna.Trial) -> float:
        settings = suggested(trial, self.config)
        update = {**settings, "out": self._folder(trial.number), "resume": False}
        value = self.train(self.config.model_copy(update=update))
        self.on_trial(Trial(trial.number, settings, value))
        self._drop_worse(trial, value)
        return value

    def _folder(self, number: int) -> Path:
        return self.config.out / "trials" / f"{number:04}"

    def _drop_worse(self, trial: optuna.Trial, value: float) -> None:
        """Keeps one model: a full one takes 90 MB."""
        done = trial.study.get_trials(deepcopy=False, states=[optuna.trial.TrialState.COMPLETE])
        best = max(done, key=lambda each: each.value or 0.0, default=None)
        if best is not None and (best.value or 0.0) >= value:
            shutil.rmtree(self._folder(trial.number), ignore_errors=True)
        elif best is not None:
            shutil.rmtree(self._folder(best.number), ignore_errors=True)


def suggested(trial: optuna.Trial, config: TrainingConfig) -> dict[str, Any]:
    """Settings to try: what matters of the method and the loss, and nothing else."""
    rate = config.peak_learning_rate
    settings: dict[str, Any] = {
        "learning_rate": trial.suggest_float(
            "learning_rate", rate / _STEPS_AROUND, rate * _STEPS_AROUND, log=True
        ),
        "epochs": trial.suggest_float("epochs", 0.5, 3.0, step=0.5),
        "warmup": trial.suggest_float("warmup", 0.0, 0.2),
        "weight_decay": trial.suggest_float("weight_decay", 1e-4, 0.1, log=True),
        "dropout": trial.suggest_float("dropout", 0.0, 0.2, step=0.05),
    }
    if config.method in (Method.LORA, Method.ADALORA):
        settings["lora_rank"] = trial.suggest_categorical("lora_rank", [4, 8, 16, 32])
    if config.method is Method.ADAPTER:
        settings["bottleneck"] = trial.suggest_categorical("bottleneck", [16, 48, 96])
    if isinstance(config, RerankerConfig) and config.loss is RerankerLoss.RESIDUAL_LISTNET:
        settings["cosine_scale"] = trial.suggest_float("cosine_scale", 5.0, 40.0)
    return settings


logging.getLogger("alembic").setLevel(logging.WARNING)  # Optuna's storage, at every start
