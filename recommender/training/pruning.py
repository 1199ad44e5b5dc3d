"""Which heads of a trained reranker are worth their time.

Reference: Michel, Levy and Neubig, Are Sixteen Heads Really Better than One?, 2019. A head's worth
is how much the loss answers to a factor on what the head says: the mean, over queries, of the
size of its gradient.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from sentence_transformers import CrossEncoder
from torch import Tensor, nn

from recommender.training.beginning import model_to_train
from recommender.training.choices import RerankerLoss
from recommender.training.config import RerankerConfig
from recommender.training.data.dataset import RankedList
from recommender.training.errors import TrainingError
from recommender.training.residual_listnet import ResidualListNetLoss
from recommender.weights.shape import encoder_of, head_count
from recommender.weights.trained import Kind

_MOST_LISTS = 256
"""Queries that tell the heads apart; more change the order little."""

Heads = tuple[tuple[int, ...], ...]


def heads_to_keep(
    lists: Sequence[RankedList], model: CrossEncoder, config: RerankerConfig
) -> Heads:
    """Of each layer of the model to train the places of the `config.heads` most important heads.

    By the gains of the lists, and not by a teacher's logits: a student that is still its teacher
    has nothing to learn from those, and so no gradient.

    Args:
        model: whose tokenizer reads the lists; it gets the weights of the model to train.

    Raises:
        TrainingError: the model has not so many heads.
    """
    to_train, _ = model_to_train(Kind.RERANKER, config)
    there = head_count(to_train)
    if config.heads > there:
        raise TrainingError(
            f"{config.init} has {there} heads in a layer. Give --heads {there}, or less."
        )
    transformer: Any = model[0]
    transformer.model = to_train.to(model.device).eval()
    scale = config.cosine_scale if config.loss is RerankerLoss.RESIDUAL_LISTNET else 0.0
    loss = ResidualListNetLoss(model, scale)
    worth = _worth(loss, encoder_of(to_train), lists[:_MOST_LISTS])
    best = worth.topk(config.heads, dim=1).indices.sort(dim=1).values
    return tuple(tuple(places) for places in best.tolist())


def _worth(loss: ResidualListNetLoss, encoder: Any, lists: Sequence[RankedList]) -> Tensor:
    """The worth of each head, float32 `[layers, heads]`."""
    device = loss.model.device
    heads = head_count(encoder)
    factors = [torch.ones(heads, device=device, requires_grad=True) for _ in encoder.encoder.layer]
    worth = torch.zeros(len(factors), heads)
    with _weighed(encoder, factors):
        for ranked in lists:
            labels = torch.tensor([ranked.gains, ranked.cosines]).T
            value = loss([[ranked.query], [list(ranked.texts)]], [labels])
            worth += torch.stack(torch.autograd.grad(value, factors)).abs().cpu()
    return worth


@contextmanager
def _weighed(encoder: Any, factors: Sequence[Tensor]) -> Iterator[None]:
    """Multiplies what each head says by its factor."""

    def by(factor: Tensor) -> Callable[[nn.Module, tuple[Tensor]], Tensor]:
        def weigh(_: nn.Module, inputs: tuple[Tensor]) -> Tensor:
            (said,) = inputs
            by_head = said.view(*said.shape[:-1], len(factor), -1)
            return (by_head * factor.unsqueeze(-1)).view(said.shape)

        return weigh

    hooks = [
        layer.attention.output.dense.register_forward_pre_hook(by(factor))
        for layer, factor in zip(encoder.encoder.layer, factors, strict=True)
    ]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
