import copy
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import torch

from recommender.weights.bottleneck import insert_bottlenecks
from recommender.weights.first_token import keep_first_token
from recommender.weights.shape import Shape, encoder_of
from recommender.weights.trained import Kind, minilm

EVERY_THIRD = tuple(range(0, 12, 3))


def with_bottlenecks() -> Any:
    model = minilm(Kind.RERANKER)
    for bottleneck in insert_bottlenecks(encoder_of(model), 8):
        torch.nn.init.normal_(bottleneck.up.weight, std=0.1)
    return model


def logits(model: Any, lengths: Sequence[int] = (40, 40, 7, 1)) -> torch.Tensor:
    """Of texts of so many tokens, padded to the longest."""
    torch.manual_seed(2)
    ids = torch.randint(1000, 20_000, (len(lengths), max(lengths)))
    mask = torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]
    with torch.inference_mode():
        found: torch.Tensor = model(input_ids=ids, attention_mask=mask.long()).logits
    return found


@pytest.mark.parametrize(
    "make",
    [
        lambda: minilm(Kind.RERANKER),
        lambda: minilm(Kind.RERANKER, Shape(layers=(1, 5), heads=(EVERY_THIRD,) * 2)),
        with_bottlenecks,
    ],
    ids=["all of MiniLM", "pruned", "with bottlenecks"],
)
def test_the_logits_stay_and_the_last_layer_says_one_token(make: Callable[[], Any]) -> None:
    model = make().eval()
    shorter = copy.deepcopy(model)
    keep_first_token(shorter)

    assert logits(shorter).numpy() == pytest.approx(logits(model).numpy(), abs=1e-5)
    ids = torch.ones((2, 9), dtype=torch.long)
    with torch.inference_mode():
        assert shorter.bert(input_ids=ids).last_hidden_state.shape == (2, 1, 384)
        assert model.bert(input_ids=ids).last_hidden_state.shape == (2, 9, 384)
