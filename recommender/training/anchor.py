"""Training on new data without forgetting: weights are held near those they began with.

Reference: Li, Grandvalet and Davoine, Explicit Inductive Bias for Transfer Learning with
Convolutional Networks, 2018 (L2-SP).
"""

from typing import Any

import torch
from torch import Tensor


class Anchored:
    """A mix-in for Hugging Face's `Trainer`: adds `anchor` times the squared distance of the
    weights from where they began to the loss, by its gradient."""

    anchor: float = 0.0

    def create_optimizer(self, *args: Any, **kwargs: Any) -> Any:
        optimizer = super().create_optimizer(*args, **kwargs)  # type: ignore[misc]
        self._began = (
            [(weight, weight.detach().clone()) for weight in _learning(self.model)]  # type: ignore[attr-defined]
            if self.anchor
            else []
        )
        return optimizer

    def training_step(self, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Tensor:
        loss: Tensor = super().training_step(model, inputs, *args, **kwargs)  # type: ignore[misc]
        with torch.no_grad():
            for weight, began in self._began:
                if weight.grad is not None:
                    weight.grad.add_(weight - began, alpha=2 * self.anchor)
        return loss


def _learning(model: Any) -> list[Tensor]:
    return [weight for weight in model.parameters() if weight.requires_grad]
