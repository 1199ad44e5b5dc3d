"""The methods of fine-tuning, and the losses, by the names that the command line has for them."""

from enum import StrEnum


class Method(StrEnum):
    """Which weights learn."""

    FULL = "full"
    HEAD = "head"
    """The head alone, on a frozen encoder."""
    TOP_LAYERS = "top-layers"
    LORA = "lora"
    ADALORA = "adalora"
    IA3 = "ia3"
    ADAPTER = "adapter"
    """Bottlenecks after both halves of every layer: Houlsby et al., 2019."""
    PREFIX = "prefix"


class BlendRule(StrEnum):
    SMALLEST = "smallest"
    BEST = "best"


class RerankerLoss(StrEnum):
    RESIDUAL_LISTNET = "residual-listnet"
    """ListNet over the logit and the embedding's cosine: what the embedding gets wrong."""
    LISTNET = "listnet"
    LAMBDA = "lambda"
    PLISTMLE = "plistmle"
    RANKNET = "ranknet"
    BCE = "bce"
    MSE = "mse"
    DISTILL = "distill"
    """The teacher's logits, by mean squared error; judgments only say which pairs to look at."""

    @property
    def is_pointwise(self) -> bool:
        """Whether a pair is learnt by itself, and not beside the others of its query."""
        return self in (RerankerLoss.BCE, RerankerLoss.MSE, RerankerLoss.DISTILL)

    @property
    def can_be_smoothed(self) -> bool:
        """Whether its targets are probabilities."""
        return self in (RerankerLoss.BCE, RerankerLoss.LISTNET, RerankerLoss.RESIDUAL_LISTNET)


LEARNING_RATES = {
    Method.FULL: 5e-5,
    Method.HEAD: 1e-3,
    Method.TOP_LAYERS: 1e-4,
    Method.LORA: 5e-4,
    Method.ADALORA: 1e-3,
    Method.IA3: 5e-3,
    Method.ADAPTER: 5e-4,
    Method.PREFIX: 1e-2,
}
"""What a learning rate of 0 stands for: the fewer weights learn, the further each has to go."""
