"""Which of MiniLM's layers and heads a pruned model has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HEADS = 12
"""Of each of MiniLM's layers."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is left of MiniLM, by its own numbers from 0; empty where all are left."""

    layers: tuple[int, ...] = ()
    heads: tuple[tuple[int, ...], ...] = ()
    """Of each layer that is left."""

    def to_settings(self) -> dict[str, Any]:
        """As it stands in `aisle.json`."""
        settings: dict[str, Any] = {}
        if self.layers:
            settings["layers"] = list(self.layers)
        if self.heads:
            settings["heads"] = [list(kept) for kept in self.heads]
        return settings

    def with_layers(self, places: Sequence[int]) -> "Shape":
        """After dropping the layers at all other places of MiniLM's."""
        heads = tuple(self.heads[place] for place in places) if self.heads else ()
        return Shape(tuple(places), heads)

    def with_heads(self, places: Sequence[Sequence[int]]) -> "Shape":
        """After dropping the heads at all other places of each layer that is left."""
        before = self.heads or (tuple(range(HEADS)),) * len(places)
        heads = tuple(
            tuple(there[place] for place in kept)
            for there, kept in zip(before, places, strict=True)
        )
        return Shape(self.layers, heads)


def shape_in(settings: Mapping[str, Any]) -> Shape:
    """The shape that an `aisle.json` tells."""
    return Shape(
        tuple(settings.get("layers", ())), tuple(tuple(kept) for kept in settings.get("heads", ()))
    )


def encoder_of(model: Any) -> Any:
    """The `BertModel` of either kind."""
    return getattr(model, "bert", model)


def layer_count(model: Any) -> int:
    return len(encoder_of(model).encoder.layer)


def head_count(model: Any) -> int:
    """The heads of its first layer, as many as of each other."""
    return int(encoder_of(model).encoder.layer[0].attention.self.num_attention_heads)


def keep_layers(model: Any, layers: Sequence[int]) -> None:
    """Drops the other layers of a model, in place."""
    from torch import nn

    encoder = encoder_of(model).encoder
    encoder.layer = nn.ModuleList(encoder.layer[place] for place in layers)
    model.config.num_hidden_layers = len(layers)


def keep_heads(model: Any, heads: Sequence[Sequence[int]]) -> None:
    """Drops the other heads of each layer of a model, in place: what is left keeps its size, and
    the matrices become smaller."""
    import torch
    from transformers.pytorch_utils import prune_linear_layer

    for layer, kept in zip(encoder_of(model).encoder.layer, heads, strict=True):
        attention = layer.attention
        size = attention.self.attention_head_size
        rows = torch.LongTensor([head * size + row for head in kept for row in range(size)])
        for name in ("query", "key", "value"):
            setattr(attention.self, name, prune_linear_layer(getattr(attention.self, name), rows))
        attention.output.dense = prune_linear_layer(attention.output.dense, rows, dim=1)
        attention.self.num_attention_heads = len(kept)
        attention.self.all_head_size = len(rows)
