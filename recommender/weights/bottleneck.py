"""Bottleneck adapters, which PEFT does not have: two small layers after each half of a layer.

Reference: Houlsby et al., Parameter-Efficient Transfer Learning for NLP, 2019.
"""

from typing import Any

from torch import Tensor, nn


class Bottleneck(nn.Module):
    """Adds what it makes of its input, `[…, size]`, through `width` numbers; at first, nothing."""

    def __init__(self, size: int, width: int) -> None:
        super().__init__()
        self.down = nn.Linear(size, width)
        self.up = nn.Linear(width, size)
        nn.init.normal_(self.down.weight, std=0.02)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, hidden: Tensor) -> Tensor:
        added: Tensor = self.up(nn.functional.gelu(self.down(hidden)))
        return hidden + added


def insert_bottlenecks(encoder: Any, width: int) -> list[Bottleneck]:
    """Puts one after the attention and one after the feed-forward of each layer of a `BertModel`,
    in place; those that it put."""
    inserted = []
    for layer in encoder.encoder.layer:
        for half in (layer.attention.output, layer.output):
            bottleneck = Bottleneck(half.dense.out_features, width)
            half.dense = nn.Sequential(half.dense, bottleneck)
            inserted.append(bottleneck)
    return inserted
