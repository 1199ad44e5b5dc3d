"""Adversarial training: the model must also be right a small step away, in the worst direction.

Reference: Miyato et al., Adversarial Training Methods for Semi-Supervised Text Classification,
2017 (the fast gradient method, on word embeddings).
"""

import math
from typing import Any

import torch
from torch import Tensor


class FastGradientMethod:
    """A mix-in for Hugging Face's `Trainer`: each step learns from the batch as it is, and once
    more with the word embeddings moved by `epsilon` along their gradient.

    Embeddings that the method does not train are moved, and put back, but do not learn.
    """

    epsilon: float = 0.0

    def create_optimizer(self, *args: Any, **kwargs: Any) -> Any:
        optimizer = super().create_optimizer(*args, **kwargs)  # type: ignore[misc]
        if self.epsilon:
            # After the optimizer has chosen what learns: here only the gradient is wanted.
            weight = _word_embeddings(self.model)  # type: ignore[attr-defined]
            self._embeddings_learn = weight.requires_grad
            weight.requires_grad_(True)
        return optimizer

    def training_step(self, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Tensor:
        loss: Tensor = super().training_step(model, inputs, *args, **kwargs)  # type: ignore[misc]
        if not self.epsilon:
            return loss
        weight = _word_embeddings(model)
        gradient = weight.grad
        if gradient is not None and 0 < (norm := float(gradient.norm())) < math.inf:
            step = self.epsilon * gradient / norm
            with torch.no_grad():
                weight.add_(step)
            super().training_step(model, inputs, *args, **kwargs)  # type: ignore[misc]
            with torch.no_grad():
                weight.sub_(step)
        if not self._embeddings_learn:
            weight.grad = None
        return loss


def _word_embeddings(model: Any) -> Tensor:
    """The weight `[words, size]` of the first embedding table: BERT's word embeddings."""
    table = next(module for module in model.modules() if isinstance(module, torch.nn.Embedding))
    return table.weight
