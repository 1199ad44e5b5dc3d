"""What the reranker is trained to do: put the right product first in the order that is served."""

from typing import Any

import torch
from sentence_transformers import CrossEncoder
from sentence_transformers.util import batch_to_device
from torch import Tensor, nn

_CENTERING = 0.05
"""The softmax does not see a list's mean logit, but the sigmoid that is served does: held near
zero, it has its steepest slope where candidates differ."""


class ResidualListNetLoss(nn.Module):
    """ListNet over the cross-encoder's logit plus the bi-encoder's scaled cosine.

    The bi-encoder is frozen and its order is already good. Adding its score before the softmax
    makes the cross-encoder learn only what the bi-encoder gets wrong, as boosting learns a
    residual: a few thousand lists suffice where learning relevance from nothing takes millions.

    Reference: Cao et al., Learning to Rank: From Pairwise Approach to Listwise Approach, 2007.

    Args:
        model: a cross-encoder with one output.
        cosine_scale: what a cosine is multiplied by to stand beside a logit; 0 is plain ListNet.
        mini_batch_size: pairs in one forward pass.

    Inputs:
        queries `[batch]` and their lists of texts; labels: for each query a tensor
        `[texts, 2]` of gain, 0 to 1, and cosine.
    """

    def __init__(self, model: CrossEncoder, cosine_scale: float, mini_batch_size: int = 32) -> None:
        super().__init__()
        self.model = model
        self.cosine_scale = cosine_scale
        self.mini_batch_size = mini_batch_size

    def forward(
        self,
        inputs: list[list[Any]],
        labels: list[Tensor],
        prompt: object = None,
        task: object = None,
    ) -> Tensor:
        queries, texts = inputs
        pairs = [(query, text) for query, many in zip(queries, texts, strict=True) for text in many]
        logits = torch.cat(
            [
                self._logits(pairs[start : start + self.mini_batch_size])
                for start in range(0, len(pairs), self.mini_batch_size)
            ]
        )
        losses = []
        per_query = torch.split_with_sizes(logits, [len(many) for many in texts])
        for scores, label in zip(per_query, labels, strict=True):
            gains, cosines = label.to(logits.device).unbind(dim=1)
            wanted = gains / gains.sum()
            log_odds = (scores + self.cosine_scale * cosines).log_softmax(dim=0)
            losses.append(-(wanted * log_odds).sum() + _CENTERING * scores.mean() ** 2)
        return torch.stack(losses).mean()

    def _logits(self, pairs: list[tuple[str, str]]) -> Tensor:
        features = batch_to_device(self.model.preprocess(pairs), self.model.device)
        logits: Tensor = self.model(features)["scores"].view(-1)
        return logits
