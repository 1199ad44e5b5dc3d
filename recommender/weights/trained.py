"""A folder that `aisle train` wrote: what learning changed of MiniLM, and how to serve it.

aisle.json                  what it is, and settings for serving
adapter_config.json, adapter_model.safetensors    of PEFT's methods
weights.safetensors         of the others: every weight that differs from MiniLM's
"""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from recommender.errors import ModelError
from recommender.weights.minilm import MINILM, MINILM_SHA256, minilm_folder
from recommender.weights.quiet import quietly
from recommender.weights.shape import Shape, encoder_of, keep_heads, keep_layers, shape_in

SETTINGS = "aisle.json"
_PEFT = ("adapter_config.json", "adapter_model.safetensors")
WEIGHTS = "weights.safetensors"


class Kind(StrEnum):
    RERANKER = "reranker"
    RETRIEVER = "retriever"


def is_trained(folder: Path) -> bool:
    """Whether a folder holds weights to put on MiniLM, and not a whole model."""
    return (folder / _PEFT[0]).is_file() or (folder / WEIGHTS).is_file()


def settings_of(folder: Path) -> dict[str, Any]:
    """What its `aisle.json` says, with defaults for what it does not say.

    Raises:
        ModelError: it is damaged.
    """
    path = folder / SETTINGS
    try:
        settings = json.loads(path.read_text()) if path.is_file() else {}
        if not isinstance(settings, dict):
            raise ValueError("it is no object")
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}. Train the model again.") from error
    return {"kind": Kind.RERANKER, "blend": 1.0, "max_tokens": 128} | settings


def save_settings(folder: Path, kind: Kind, settings: Mapping[str, Any]) -> None:
    """Writes `aisle.json`."""
    about = {"kind": kind, "base_model": MINILM, "base_model_sha256": MINILM_SHA256, **settings}
    (folder / SETTINGS).write_text(json.dumps(about, indent=2) + "\n")


def fingerprint(folder: Path) -> str:
    """Of all its files that decide what is served."""
    digest = hashlib.sha256()
    for name in (*_PEFT, WEIGHTS, SETTINGS):
        if (folder / name).is_file():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def identity(model: Path) -> str:
    """What tells a model from another: the fingerprint of what `aisle train` wrote, or the name of
    a whole one."""
    if is_trained(model):
        return fingerprint(model)
    return str(model.resolve() if model.exists() else model)


def load(folder: Path, kind: Kind, *, attention: str = "eager") -> Any:
    """The model with its trained weights, ready to score: a `BertForSequenceClassification` of one
    logit, or a `BertModel`.

    Args:
        attention: how it is computed; what ONNX can trace, or `sdpa`, which trains faster.

    Raises:
        ModelError: the folder holds another kind of model, or one that cannot be read.
    """
    settings = settings_of(folder)
    if settings["kind"] != kind:
        raise ModelError(
            f"{folder} holds a {settings['kind']}, not a {kind}. Give the folder of a {kind}."
        )
    from peft import PeftModel
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    from recommender.weights.bottleneck import insert_bottlenecks

    try:
        model = minilm(kind, shape_in(settings), attention=attention)
        with quietly():
            if (folder / _PEFT[0]).is_file():
                adapted = PeftModel.from_pretrained(model, str(folder))
                is_mergeable = hasattr(adapted.base_model, "merge_and_unload")
                return (adapted.merge_and_unload() if is_mergeable else adapted).eval()
            if width := settings.get("bottleneck"):
                insert_bottlenecks(encoder_of(model), int(width))
            unknown = model.load_state_dict(load_file(folder / WEIGHTS), strict=False)
            if unknown.unexpected_keys:
                raise ValueError(f"{unknown.unexpected_keys[0]} belongs to another model")
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(
            f"The {kind} in {folder} cannot be read: {error}. Train it again with "
            f"`aisle train {kind}`, or name another."
        ) from error
    return model.eval()


def minilm(kind: Kind, shape: Shape | None = None, *, attention: str = "eager") -> Any:
    """MiniLM itself, or what a shape leaves of it; for a reranker with a new head of one logit."""
    from transformers import AutoModel, AutoModelForSequenceClassification

    with quietly():
        if kind is Kind.RETRIEVER:
            model: Any = AutoModel.from_pretrained(minilm_folder(), attn_implementation=attention)
        else:
            model = AutoModelForSequenceClassification.from_pretrained(
                minilm_folder(), num_labels=1, attn_implementation=attention
            )
    if shape is not None and shape.layers:
        keep_layers(model, shape.layers)
    if shape is not None and shape.heads:
        keep_heads(model, shape.heads)
    return model
