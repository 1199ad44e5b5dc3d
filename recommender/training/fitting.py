"""What every training has in common: arguments, progress, and what a method needs at each step."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from transformers import PrinterCallback, TrainerCallback, set_seed

from recommender.training.config import Method, TrainingConfig

_LOGGED_EVERY = 10
_OPTIMIZERS = {"adamw": "adamw_torch", "sgd": "sgd", "adafactor": "adafactor"}


class TrainingError(Exception):
    """The data can't be read or hold nothing to train on; the message says what is missing."""


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


def arguments(config: TrainingConfig, batch_size: int, scratch: Path) -> dict[str, Any]:
    """Of Hugging Face's `TrainingArguments`, of which both trainers have their own kind."""
    on_cpu = device_of(config) == "cpu"
    return {
        "output_dir": str(scratch / "trainer"),
        "num_train_epochs": config.epochs,
        "per_device_train_batch_size": batch_size,
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
        "save_strategy": "no",
        "bf16": config.bf16,
        "report_to": "none",
        "disable_tqdm": True,
        "use_cpu": on_cpu,
        "dataloader_pin_memory": not on_cpu,
        "seed": config.seed,
    }


def fit(trainer: Any, config: TrainingConfig, on_progress: OnProgress | None) -> list[float]:
    """Runs the trainer; the logged losses."""
    trainer.epsilon = config.adversarial
    log = _Log(on_progress)
    trainer.add_callback(log)
    if config.method is Method.ADALORA:
        trainer.add_callback(_RankAllocation())
    trainer.remove_callback(PrinterCallback)  # it would write to stdout
    trainer.train()
    return log.losses


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
