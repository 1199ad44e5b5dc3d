"""The configured labeller over the configured unlabelled queries."""

from pathlib import Path

from recommender.training.config import TrainingConfig
from recommender.training.data.corpus import Corpus
from recommender.training.data.dataset import Encode
from recommender.training.data.pseudo_labels import with_pseudo_labels
from recommender.training.distillation import opened
from recommender.training.errors import TrainingError
from recommender.training.fitting import device_of


def labelled(corpus: Corpus, config: TrainingConfig, encode: Encode, scratch: Path) -> Corpus:
    """The corpus with the labeller's judgments beside its own; as it is where none is named.

    Raises:
        TrainingError: the labeller was sure of nothing.
        ModelError: the labeller cannot be read.
        JudgedQueriesError: the unlabelled queries can't be read.
    """
    if config.unlabelled is None or config.labeller is None:
        return corpus
    teacher = opened(config.labeller, scratch / "labeller", device_of(config))
    more, count = with_pseudo_labels(corpus, config.unlabelled, encode, teacher, config.confidence)
    if not count:
        raise TrainingError(
            f"{config.labeller} is sure of no answer to a query of {config.unlabelled}. Lower "
            "confidence, or take another labeller."
        )
    return more
