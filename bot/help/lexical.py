"""The words that a question and a passage share, weighted by how rare they are: BM25."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.retrieval.analysis import Analyzer

_K1 = 1.2
_B = 0.75


class SharedWords:
    """Of a question and each of some texts. Help pages are few: no index is worth its files."""

    def __init__(self, analyzer: Analyzer, texts: Sequence[str]) -> None:
        self._analyzer = analyzer
        self._counts = [Counter(analyzer.words(text)) for text in texts]
        lengths = [counts.total() for counts in self._counts]
        mean = sum(lengths) / max(1, len(lengths)) or 1.0
        self._norms = [_K1 * (1 - _B + _B * length / mean) for length in lengths]
        self._texts_with = Counter(word for counts in self._counts for word in counts)

    def scores(self, question: str) -> NDArray[np.float32]:
        """0 to 1: which share of the most that this question can score each text does."""
        words = set(self._analyzer.words(question))
        rarity = {word: self._rarity(word) for word in words}
        most = (_K1 + 1) * sum(rarity.values()) or 1.0
        scored = [
            sum(
                rarity[word] * counts[word] * (_K1 + 1) / (counts[word] + norm)
                for word in words & counts.keys()
            )
            for counts, norm in zip(self._counts, self._norms, strict=True)
        ]
        return np.array(scored, dtype=np.float32) / np.float32(most)

    def _rarity(self, word: str) -> float:
        texts, having = len(self._counts), self._texts_with[word]
        return math.log(1 + (texts - having + 0.5) / (having + 0.5))
