"""What every training has in common: arguments, progress, and what a method needs at each step."""

import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from transformers import EarlyStoppingCallback, PrinterCallback, TrainerCallback, set_seed

from recommender.training.checkpoints import (
    begin_checkpoints,
    checkpoints_folder,
    end_checkpoints,
)
from recommender.training.choices import Method
from recommender.training.config import TrainingConfig

_LOGGED_EVERY = 10
_OPTIMIZERS = {"adamw": "adamw_torch", "sgd": "sgd", "adafactor": "adafactor"}


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    step: int
    steps: int
    loss: float
    """Mean since the last one."""


OnProgress = Callable[[TrainingProgress], None]


def begin(config: TrainingConfig) -> None:
    """Fixes what chance and threads would otherwise decide."""
    set_seed(config.seed)
    if config.threads:
        torch.set_num_threads(config.threads)


def device_of(config: TrainingConfig) -> str:
    """`cpu` or `cuda`."""
    if config.device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return config.device


def steps_of(config: TrainingConfig, examples: int, batch_size: int) -> int:
    """Of the whole training."""
    batches = math.ceil(examples / batch_size)
    return max(1, math.ceil(math.ceil(batches / config.gradient_accumulation) * config.epochs))


def fit(
    trainer_of: Callable[[dict[str, Any]], Any],
    config: TrainingConfig,
    examples: int,
    batch_size: int,
    on_progress: OnProgress | None,
) -> list[float]:
    """Trains a model in place; the logged losses.

    Args:
        trainer_of: makes the trainer, with development data where the configuration wants to stop
            early, from the fields of Hugging Face's `TrainingArguments`.
        examples: in the training data.

    Raises:
        TrainingError: there are checkpoints to go on from, of a training that was told otherwise.
    """
    checkpoint = begin_checkpoints(config)
    steps = steps_of(config, examples, batch_size)
    with _logs_in(config.out / "logs", config):
        trainer = trainer_of(_arguments(config, batch_size, steps))
        trainer.epsilon = config.adversarial
        trainer.anchor = config.anchor
        # Examples for a card on the model hub, at the price of a pass over the texts.
        trainer.model.model_card_data.generate_widget_examples = False
        log = _Log(on_progress)
        trainer.add_callback(log)
        if config.early_stopping:
            trainer.add_callback(EarlyStoppingCallback(config.early_stopping))
        if config.method is Method.ADALORA:
            trainer.add_callback(_RankAllocation())
        trainer.remove_callback(PrinterCallback)  # it would write to stdout
        trainer.train(resume_from_checkpoint=checkpoint)
    end_checkpoints(config)
    return log.losses


def _arguments(config: TrainingConfig, batch_size: int, steps: int) -> dict[str, Any]:
    on_cpu = device_of(config) == "cpu"
    every = max(1, steps // config.checkpoints) if config.checkpoints else steps
    return {
        "output_dir": str(checkpoints_folder(config)),
        "num_train_epochs": config.epochs,
        "per_device_train_batch_size": batch_size,
        "per_device_eval_batch_size": batch_size,
        "gradient_accumulation_steps": config.gradient_accumulation,
        "learning_rate": config.peak_learning_rate,
        "lr_scheduler_type": (
            "constant_with_warmup" if config.schedule == "constant" else config.schedule
        ),
        "warmup_steps": config.warmup,
        "optim": _OPTIMIZERS[config.optimizer],
        "weight_decay": config.weight_decay,
        "logging_steps": _LOGGED_EVERY,
        "logging_first_step": True,
        "save_strategy": "steps" if config.checkpoints else "no",
        "save_steps": every,
        "save_total_limit": 2,
        "eval_strategy": "steps" if config.early_stopping else "no",
        "eval_steps": every,
        "load_best_model_at_end": bool(config.early_stopping),
        "metric_for_best_model": "eval_loss" if config.early_stopping else None,
        "bf16": config.bf16,
        "report_to": config.log_to,
        "run_name": config.out.name,
        "disable_tqdm": True,
        "use_cpu": on_cpu,
        "dataloader_pin_memory": not on_cpu,
        "seed": config.seed,
    }


@contextmanager
def _logs_in(folder: Path, config: TrainingConfig) -> Iterator[None]:
    """Tells both loggers, by the variables that they look at, where to write."""
    names = {"tensorboard": "TENSORBOARD_LOGGING_DIR", "wandb": "WANDB_DIR"}
    name = names.get(config.log_to)
    if name is None or name in os.environ:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[name] = str(folder)
    try:
        yield
    finally:
        del os.environ[name]


class _RankAllocation(TrainerCallback):
    """AdaLoRA moves its rank to where it is of use, between a step's gradient and the next."""

    def on_optimizer_step(
        self, args: Any, state: Any, control: Any, model: Any = None, **kwargs: Any
    ) -> None:
        for module in model.modules():
            if isinstance(module, PeftModel):
                adapted: Any = module.base_model
                adapted.update_and_allocate(state.global_step)


class _Log(TrainerCallback):
    def __init__(self, on_progress: OnProgress | None) -> None:
        self.losses: list[float] = []
        self._on_progress = on_progress

    def on_log(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        logs = kwargs["logs"]
        if "loss" not in logs:
            return
        loss = float(logs["loss"])
        self.losses.append(loss)
        if self._on_progress is not None:
            self._on_progress(TrainingProgress(state.global_step, state.max_steps, loss))
