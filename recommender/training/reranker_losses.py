"""The losses of the reranker: sentence-transformers' own, and the residual one."""

from typing import Any

from sentence_transformers import CrossEncoder
from sentence_transformers.cross_encoder.losses import (
    BinaryCrossEntropyLoss,
    LambdaLoss,
    ListNetLoss,
    MSELoss,
    PListMLELoss,
    RankNetLoss,
)
from torch import nn

from recommender.training.choices import RerankerLoss
from recommender.training.config import RerankerConfig
from recommender.training.residual_listnet import ResidualListNetLoss

_PAIRS_AT_ONCE = 32
"""Of a list's pairs in one forward pass."""


def loss_of(model: CrossEncoder, config: RerankerConfig) -> Any:
    """The loss that the configuration names, over a model of one logit."""
    loss = config.loss
    if loss is RerankerLoss.RESIDUAL_LISTNET:
        return ResidualListNetLoss(model, config.cosine_scale, _PAIRS_AT_ONCE)
    if loss is RerankerLoss.BCE:
        return BinaryCrossEntropyLoss(model)
    if loss is RerankerLoss.DISTILL:
        return MSELoss(model)
    if loss is RerankerLoss.MSE:
        return MSELoss(model, activation_fn=nn.Sigmoid())
    listwise = {
        RerankerLoss.LISTNET: ListNetLoss,
        RerankerLoss.LAMBDA: LambdaLoss,
        RerankerLoss.PLISTMLE: PListMLELoss,
        RerankerLoss.RANKNET: RankNetLoss,
    }
    return listwise[loss](model, mini_batch_size=_PAIRS_AT_ONCE)
