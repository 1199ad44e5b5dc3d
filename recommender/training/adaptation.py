"""Which weights of a model learn, by the method chosen, and writing those that did."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from peft import (
    AdaLoraConfig,
    IA3Config,
    LoraConfig,
    PeftConfig,
    PeftModel,
    PrefixTuningConfig,
    TaskType,
    get_peft_model,
)
from safetensors.torch import save_file
from torch import Tensor

from recommender.training.choices import Method
from recommender.training.config import TrainingConfig
from recommender.weights.bottleneck import insert_bottlenecks
from recommender.weights.minilm import MINILM
from recommender.weights.quiet import quietly
from recommender.weights.shape import Shape, encoder_of
from recommender.weights.trained import WEIGHTS, Kind, minilm, save_settings

_LINEAR = ["query", "key", "value", "dense"]
"""Attention, both feed-forward layers, and the pooler: every linear layer below the head."""
_IA3_SCALED = ["key", "value", "output.dense"]


def adapt(model: Any, kind: Kind, config: TrainingConfig, steps: int) -> Any:
    """The model with only the weights of `config.method` left to learn; often a wrapped one.

    Args:
        model: a `BertForSequenceClassification` or a `BertModel`.
        steps: of the whole training, by which adalora plans.
    """
    peft = _peft_config(kind, config, steps)
    if peft is not None:
        with quietly():
            return get_peft_model(model, peft)
    encoder = encoder_of(model)
    learning = {
        Method.FULL: [model],
        Method.HEAD: [],
        Method.TOP_LAYERS: list(encoder.encoder.layer)[-config.top_layers :],
        Method.ADAPTER: [],
    }[config.method]
    model.requires_grad_(False)
    if config.method is Method.ADAPTER:
        learning = list(insert_bottlenecks(encoder, config.bottleneck))
    if kind is Kind.RERANKER:
        # What reads the first token is new work for MiniLM, which was trained on their mean.
        learning += [model.classifier, encoder.pooler]
    elif config.method is Method.HEAD:
        learning.append(encoder.encoder.layer[-1].output)
    for module in learning:
        module.requires_grad_(True)
    return model


def _peft_config(kind: Kind, config: TrainingConfig, steps: int) -> PeftConfig | None:
    """None where the method is not PEFT's."""
    # Of a classifier PEFT saves the head with the rest.
    task = TaskType.SEQ_CLS if kind is Kind.RERANKER else TaskType.FEATURE_EXTRACTION
    rank = config.lora_rank
    if config.method is Method.LORA:
        return LoraConfig(task_type=task, r=rank, lora_alpha=2 * rank, target_modules=_LINEAR)
    if config.method is Method.ADALORA:
        return AdaLoraConfig(
            task_type=task,
            init_r=rank + rank // 2,
            target_r=rank,
            lora_alpha=2 * rank,
            target_modules=_LINEAR,
            tinit=steps // 10,
            tfinal=steps // 2,
            deltaT=max(1, steps // 100),
            total_step=max(steps, 2),
        )
    if config.method is Method.IA3:
        return IA3Config(
            task_type=task, target_modules=_IA3_SCALED, feedforward_modules=["output.dense"]
        )
    if config.method is Method.PREFIX:
        return PrefixTuningConfig(task_type=task, num_virtual_tokens=config.virtual_tokens)
    return None


def save_trained(
    model: Any,
    kind: Kind,
    config: TrainingConfig,
    settings: Mapping[str, Any],
    shape: Shape | None = None,
) -> None:
    """Writes what learnt, and the settings for serving, to `config.out`.

    A model that went on from another one is written whole, as far as it differs from MiniLM.

    Args:
        shape: what of MiniLM the model has, where it has not all.
    """
    config.out.mkdir(parents=True, exist_ok=True)
    for old in ("adapter_config.json", "adapter_model.safetensors", WEIGHTS):
        (config.out / old).unlink(missing_ok=True)
    width = {"bottleneck": config.bottleneck} if config.method is Method.ADAPTER else {}
    if isinstance(model, PeftModel) and config.goes_on_from is None:
        _save_peft(model, config.out)
    else:
        original = minilm(kind, shape)
        if config.method is Method.ADAPTER:
            # They rename the layers that they stand behind, which did not learn.
            insert_bottlenecks(encoder_of(original), config.bottleneck)
        learnt = model.merge_and_unload() if isinstance(model, PeftModel) else model
        _save_weights(learnt.state_dict(), original.state_dict(), config.out)
    kept = {} if shape is None else shape.to_settings()
    save_settings(config.out, kind, {"method": config.method, **width, **kept, **settings})


def _save_weights(learnt: Mapping[str, Tensor], original: Mapping[str, Tensor], out: Path) -> None:
    """Those that differ, each of its own name."""
    changed = {
        name: weight.detach().cpu().contiguous()
        for name, weight in learnt.items()
        if name not in original
        or name.startswith("classifier.")  # MiniLM's own is random
        or not weight.cpu().equal(original[name])
    }
    save_file(changed, out / WEIGHTS)


def _save_peft(model: PeftModel, out: Path) -> None:
    # Else the file would name the folder of this machine that the weights came from.
    model.peft_config["default"].base_model_name_or_path = MINILM
    with tempfile.TemporaryDirectory() as scratch:
        # No embeddings were changed; looking for that, PEFT would ask the model hub.
        model.save_pretrained(scratch, save_embedding_layers=False)
        # Not its README.md, a template full of blanks that would replace a model card.
        for name in ("adapter_config.json", "adapter_model.safetensors"):
            shutil.copy(Path(scratch) / name, out / name)
