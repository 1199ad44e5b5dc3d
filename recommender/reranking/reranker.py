"""The second look: a cross-encoder reads query and product together and scores the pair."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.errors import ModelError
from recommender.serving.onnx_model import OnnxModel

Scores = NDArray[np.float32]


class Reranker(Protocol):
    @property
    def blend(self) -> float:
        """The weight of this score in the final order, 0 to 1; the rest is the retrieval's."""

    def scores(self, query: str, texts: list[str]) -> Scores:
        """How well each product text answers the query: float32 `[len(texts)]`, 0 to 1."""


def blended_scores(
    reranker: Reranker, query: str, texts: list[str], retrieved: Sequence[float]
) -> list[float]:
    """What products are ordered by in the end: the reranker's scores of their texts, at its
    weight, and those that the retrieval gave them."""
    weight = reranker.blend
    return [
        weight * float(score) + (1 - weight) * first
        for score, first in zip(reranker.scores(query, texts), retrieved, strict=True)
    ]


class OnnxReranker:
    """The fine-tuned MiniLM cross-encoder, int8, on ONNX Runtime.

    `folder` holds `model.onnx`, `tokenizer.json` and `config.json`, as
    `recommender.serving.export.export_reranker` writes them.

    Raises:
        ModelError: the folder is incomplete or damaged.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        try:
            config = json.loads((folder / "config.json").read_text())
            self.blend = min(1.0, max(0.0, float(config.get("blend", 1.0))))
            max_tokens = int(config.get("max_tokens", 128))
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise ModelError(
                f"{folder / 'config.json'} is missing or damaged. "
                "Delete that folder and run `aisle setup`."
            ) from error
        self._model = OnnxModel(folder, max_tokens, threads)

    def scores(self, query: str, texts: list[str]) -> Scores:
        logits = self._model.run("logits", [(query, text) for text in texts])
        return _sigmoid(logits)


class CrossEncoderReranker:
    """Any sentence-transformers cross-encoder with one output, by folder or hub name.

    Raises:
        ModelError: there is no such model.
    """

    blend = 1.0

    def __init__(self, name: str, device: str) -> None:
        from sentence_transformers import CrossEncoder  # torch: only where it is wanted

        try:
            self._model = CrossEncoder(name, num_labels=1, max_length=256, device=device)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The reranker {name!r} cannot be loaded. Set AISLE_RERANKER to the folder of an "
                "adapter or of a cross-encoder, or to a hub name."
            ) from error

    def scores(self, query: str, texts: list[str]) -> Scores:
        import torch

        logits = self._model.predict(
            [(query, text) for text in texts],
            activation_fn=torch.nn.Identity(),
            show_progress_bar=False,
        )
        return _sigmoid(np.asarray(logits, dtype=np.float32).reshape(len(texts)))


def _sigmoid(logits: Scores) -> Scores:
    scores: Scores = 1 / (1 + np.exp(-logits.clip(-30, 30)))
    return scores
