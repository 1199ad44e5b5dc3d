"""Letter n-grams as features for the intent classifier, that a long message does not shout with.

Runs in Rasa's environment: Python 3.10.
"""

from __future__ import annotations

from typing import Any

import scipy.sparse
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer

_Matrices = list[scipy.sparse.spmatrix | None]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LetterFeaturizer(CountVectorsFeaturizer):
    """Rasa's counts, but no more of them in all than the longest examples have.

    A linear classifier adds up what every count says. Of a message five times as long as any that
    it learnt from, it is sure of whatever it takes the commonest letters for: three sentences about
    a kettle were somebody in distress. Shorter messages have the features that they always had.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            **CountVectorsFeaturizer.get_default_config(),
            "analyzer": "char_wb",
            "min_ngram": 1,
            "max_ngram": 4,
            # Counts of a whole message; about four for each of its letters.
            "most_counts": 320,
        }

    def _create_features(
        self, attribute: str, all_tokens: list[list[str]]
    ) -> tuple[_Matrices, _Matrices]:
        sequences, sentences = super()._create_features(attribute, all_tokens)
        return sequences, [self._bounded(each) for each in sentences]

    def _bounded(self, counts: scipy.sparse.spmatrix | None) -> scipy.sparse.spmatrix | None:
        if counts is None:
            return None
        return counts * min(1.0, self._config["most_counts"] / max(1, counts.sum()))
