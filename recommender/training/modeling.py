"""The reranker's model: MiniLM read as a cross-encoder, its LoRA matrices, and its files."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, TaskType, get_peft_model
from sentence_transformers import CrossEncoder

from recommender.export import MINILM_SHA256, minilm_folder
from recommender.training.config import RerankerConfig

_ADAPTED = ["query", "key", "value", "dense"]
"""Attention, both feed-forward layers, and the pooler: every linear layer below the head."""


def cross_encoder(config: RerankerConfig) -> CrossEncoder:
    """MiniLM with a new one-logit head and LoRA; only these two learn.

    Raises:
        ModelError: MiniLM's package is missing or holds other weights.
    """
    model: CrossEncoder = CrossEncoder(
        str(minilm_folder()),
        num_labels=1,
        max_length=config.max_tokens,
        device=_device(config.device),
        # One pass over varied data does not overfit a LoRA, and drawing masks takes an eighth
        # of a step on a CPU.
        config_kwargs={"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0},
    )
    lora = LoraConfig(
        task_type=TaskType.SEQ_CLS,  # which saves the head with the matrices
        r=config.lora_rank,
        lora_alpha=2 * config.lora_rank,
        target_modules=_ADAPTED,
    )
    transformer: Any = model[0]
    transformer.model = get_peft_model(transformer.model, lora)
    return model


def save_adapter(model: CrossEncoder, config: RerankerConfig) -> None:
    """Writes matrices, head and their configuration to `config.output`."""
    adapted: Any = model[0].model
    # Else the file would name the folder of this machine that the weights came from.
    adapted.peft_config["default"].base_model_name_or_path = "all-MiniLM-L6-v2"
    config.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        # No embeddings were changed; looking for that, PEFT would ask the model hub.
        adapted.save_pretrained(scratch, save_embedding_layers=False)
        # Not its README.md, a template full of blanks that would replace a model card.
        for name in ("adapter_config.json", "adapter_model.safetensors"):
            shutil.copy(Path(scratch) / name, config.output / name)


def save_settings(config: RerankerConfig, blend: float) -> None:
    """Writes what serving needs to know beside the weights: `aisle.json`."""
    settings = {
        "base_model": "all-MiniLM-L6-v2",
        "base_model_sha256": MINILM_SHA256,
        "blend": blend,
        "max_tokens": config.served_tokens,
    }
    (config.output / "aisle.json").write_text(json.dumps(settings, indent=2) + "\n")


def _device(name: str) -> str:
    if name == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return name
