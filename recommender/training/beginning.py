"""The model that a training begins with."""

from pathlib import Path
from typing import Any

from torch import nn

from recommender.training.choices import Method
from recommender.training.config import RerankerConfig, TrainingConfig
from recommender.training.errors import TrainingError
from recommender.weights.shape import Shape, keep_layers, layer_count, shape_in
from recommender.weights.trained import Kind, load, minilm, settings_of

_ATTENTION = "sdpa"
_LAYERS = 6
"""Of MiniLM-L6."""


def model_to_train(kind: Kind, config: TrainingConfig) -> tuple[Any, Shape]:
    """MiniLM, or the trained model to go on from, with the dropout of the configuration; and what
    of MiniLM it has.

    Raises:
        ModelError: the model to go on from cannot be read.
        TrainingError: it has not as many layers as are wanted.
    """
    if config.goes_on_from is not None:
        _check_mergeable(config.goes_on_from)
    if config.init is not None:
        model = load(config.init, kind, attention=_ATTENTION)
    else:
        model = minilm(kind, attention=_ATTENTION)
        if isinstance(config, RerankerConfig) and config.own_retriever is not None:
            # What it has learnt of the shop's words serves the reranker, too.
            encoder = load(config.own_retriever, Kind.RETRIEVER)
            model.bert.load_state_dict(encoder.state_dict())
    model.train()
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = config.dropout
    return model, _shortened(model, config)


def _check_mergeable(folder: Path) -> None:
    """Only what is part of the weights can be learnt on.

    Raises:
        TrainingError: what it learnt stands beside MiniLM's weights and not in them.
    """
    method = settings_of(folder).get("method")
    if method in (Method.ADAPTER, Method.PREFIX):
        raise TrainingError(
            f"{folder} was trained by the method {method}, which cannot be gone on from. Begin "
            "with a model of another method."
        )


def _shortened(model: Any, config: TrainingConfig) -> Shape:
    """Drops layers, in place; what is left."""
    before = Shape() if config.init is None else shape_in(settings_of(config.init))
    there = layer_count(model)
    wanted = config.layers if isinstance(config, RerankerConfig) else there
    if wanted == there:
        return before
    if there != _LAYERS:
        raise TrainingError(
            f"{config.init} has {there} layers. Give --layers {there}, or begin with a model of "
            f"all {_LAYERS}."
        )
    kept = evenly(there, wanted)
    keep_layers(model, kept)
    return before.with_layers(kept)


def evenly(there: int, wanted: int) -> list[int]:
    """So many places out of `there`, evenly spaced, the last always among them."""
    return [round((place + 1) * there / wanted) - 1 for place in range(wanted)]
