"""What a teacher thinks of the pairs that a student is to learn from.

Reference: Hinton et al., Distilling the Knowledge in a Neural Network, 2015; on logits, as in
Hofstätter et al., Improving Efficient Neural Ranking Models with Cross-Architecture Knowledge
Distillation, 2020.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from recommender.reranking.reranker import CrossEncoderReranker, OnnxReranker, Reranker
from recommender.serving.export import export_reranker
from recommender.training.data.dataset import RankedList
from recommender.weights.trained import is_trained

_SUREST = 1e-4


def taught(lists: Sequence[RankedList], teachers: Sequence[Path], device: str) -> list[RankedList]:
    """The lists with the teachers' logits, of several their mean, in the place of gains.

    Raises:
        ModelError: a teacher cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        models = [
            opened(teacher, Path(folder) / str(number), device)
            for number, teacher in enumerate(teachers)
        ]
        return [
            replace(each, gains=tuple(np.mean([_logits(model, each) for model in models], axis=0)))
            for each in lists
        ]


def opened(teacher: Path, scratch: Path, device: str) -> Reranker:
    """The teacher, ready to score; a trained one is exported to `scratch`.

    Raises:
        ModelError: it cannot be read.
    """
    if not is_trained(teacher):
        return CrossEncoderReranker(str(teacher), device)
    export_reranker(teacher, scratch / "teacher")
    return OnnxReranker(scratch / "teacher")


def _logits(teacher: Reranker, ranked: RankedList) -> tuple[float, ...]:
    scores = teacher.scores(ranked.query, list(ranked.texts)).clip(_SUREST, 1 - _SUREST)
    return tuple(float(logit) for logit in np.log(scores / (1 - scores)))
