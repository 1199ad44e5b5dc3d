"""The intent model: a classifier whose confidence says how far a message is to be trusted.

Runs in Rasa's environment: Python 3.10, scikit-learn 1.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import matthews_corrcoef
from sklearn.model_selection import StratifiedKFold

Vectors = NDArray[np.float32]
Names = NDArray[np.object_]
Numbers = NDArray[np.float64]

OUT_OF_SCOPE = ""
"""What no intent is called."""
_STRETCH = 6.0
"""The features' Euclidean length, dense and letters alike: the longer, the less regularised."""
_LETTERS = 0.3
"""The letters' part of the nearness to an intent's examples; the rest is the embedding's."""
_GROUPS = 5
_FEWEST = 2
"""Examples of an intent, below which it can't be cross-validated."""
_THRESHOLDS = 201


@dataclass(frozen=True)
class Decision:
    """What one message is taken for."""

    ranking: list[tuple[str, float]]
    """All intents by probability, the likeliest first."""
    confidence: float
    """How probable it is that the first one is right and the message in scope at all."""


class IntentModel:
    """Logistic regression over sentence embeddings and letter n-grams.

    Its probabilities alone say nothing of a message that is like no example: they sum to one. So
    the first probability is multiplied with the nearness to the nearest example of that intent,
    and the product is turned into a confidence by logistic (Platt) scaling, learnt with
    `threshold` from the training data alone: in each of some rounds a group of whole intents is
    left out and plays the messages that are out of scope, with examples of the others held out.
    """

    def __init__(self, out_of_scope_share: float = 0.1) -> None:
        """`out_of_scope_share` is how many messages are expected to be about nothing known; the
        threshold is chosen for such customers."""
        self._share = out_of_scope_share
        self.threshold = 0.5
        self._slope, self._offset = 1.0, 0.0

    def fit(self, texts: list[str], vectors: Vectors, names: list[str]) -> IntentModel:
        """Learns from examples: `vectors` are their unit embeddings, `[len(texts), dimensions]`."""
        labels = np.array(names, dtype=object)
        if len(set(names)) > _GROUPS:
            predicted, scores, gold = _cross_validated(texts, vectors, labels)
            self._calibrate(scores, predicted == gold)
            self.threshold = _best_threshold(predicted, self._confidence(scores), gold, self._share)
        self._fit(texts, vectors, labels)
        return self

    def decide(self, texts: list[str], vectors: Vectors) -> list[Decision]:
        """One decision for each text."""
        probabilities, scores = self._score(texts, vectors)
        confidences = self._confidence(scores)
        decisions = []
        for row, confidence in zip(probabilities, confidences):  # noqa: B905 - Python 3.10
            order = np.argsort(-row)
            ranking = [(str(self._classes[i]), float(row[i])) for i in order]
            decisions.append(Decision(ranking, float(confidence)))
        return decisions

    def _fit(self, texts: list[str], vectors: Vectors, labels: Names) -> None:
        self._labels, self._vectors = labels, vectors
        # Each message's n-grams have length 1: a long one does not shout.
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2, dtype=np.float32
        )
        self._grams = self._letters.fit_transform(texts)
        self._regression = LogisticRegression(max_iter=200, tol=1e-2, class_weight="balanced")
        self._regression.fit(_features(vectors, self._grams), labels)
        self._classes = self._regression.classes_

    def _score(self, texts: list[str], vectors: Vectors) -> tuple[Numbers, Numbers]:
        grams = self._letters.transform(texts)
        probabilities = self._regression.predict_proba(_features(vectors, grams))
        best = probabilities.argmax(axis=1)
        scores = np.empty(len(texts))
        for name in np.unique(self._classes[best]):
            rows = np.flatnonzero(self._classes[best] == name)
            mine = np.flatnonzero(self._labels == name)
            dense = (vectors[rows] @ self._vectors[mine].T).max(axis=1)
            letters = (grams[rows] @ self._grams[mine].T).max(axis=1).toarray()[:, 0]
            nearness = (1 - _LETTERS) * dense + _LETTERS * letters
            scores[rows] = probabilities[rows, best[rows]] * np.maximum(nearness, 0)
        return probabilities, scores

    def _calibrate(self, scores: Numbers, right: NDArray[np.bool_]) -> None:
        if right.all() or not right.any():
            return
        scaling = LogisticRegression(C=1e3).fit(scores[:, np.newaxis], right)
        self._slope, self._offset = float(scaling.coef_[0, 0]), float(scaling.intercept_[0])

    def _confidence(self, scores: Numbers) -> Numbers:
        confidences: Numbers = 1 / (1 + np.exp(-(self._slope * scores + self._offset)))
        return confidences


def _features(vectors: Vectors, grams: scipy.sparse.spmatrix) -> scipy.sparse.csr_matrix:
    return scipy.sparse.csr_matrix(
        scipy.sparse.hstack([vectors * np.float32(_STRETCH), grams * np.float32(_STRETCH)])
    )


def _cross_validated(
    texts: list[str], vectors: Vectors, labels: Names
) -> tuple[Names, Numbers, Names]:
    """Predictions, scores and the truth, of examples held out and of intents left out."""
    written = np.array(texts, dtype=object)
    counts = dict(zip(*np.unique(labels, return_counts=True)))  # noqa: B905 - Python 3.10
    usable = np.array([counts[label] >= _FEWEST for label in labels])
    classes = np.random.RandomState(0).permutation(np.unique(labels))
    predicted, scores, gold = [], [], []
    for number, left_out in enumerate(np.array_split(classes, _GROUPS)):
        foreign = np.isin(labels, left_out)
        known = np.flatnonzero(~foreign & usable)
        folds = StratifiedKFold(_GROUPS, shuffle=True, random_state=number)
        learning, held_out = next(folds.split(known, labels[known]))
        learning = np.union1d(known[learning], np.flatnonzero(~foreign & ~usable))
        asked = np.concatenate([known[held_out], np.flatnonzero(foreign)])
        model = IntentModel()
        model._fit(list(written[learning]), vectors[learning], labels[learning])
        probabilities, found = model._score(list(written[asked]), vectors[asked])
        truth = labels[asked].copy()
        truth[~np.isin(truth, model._classes)] = OUT_OF_SCOPE
        predicted.append(model._classes[probabilities.argmax(axis=1)])
        scores.append(found)
        gold.append(truth)
    return np.concatenate(predicted), np.concatenate(scores), np.concatenate(gold)


def _best_threshold(
    predicted: Names, confidences: Numbers, gold: Names, out_of_scope_share: float
) -> float:
    """Of the confidences the one with the highest Matthews correlation."""
    tried = np.unique(np.quantile(confidences, np.linspace(0, 1, _THRESHOLDS)))
    foreign = gold == OUT_OF_SCOPE
    share = np.clip(foreign.mean(), 1e-9, 1 - 1e-9)
    weights = np.where(foreign, out_of_scope_share / share, (1 - out_of_scope_share) / (1 - share))
    return float(
        max(
            tried,
            key=lambda least: matthews_corrcoef(
                gold,
                np.where(confidences >= least, predicted, OUT_OF_SCOPE),
                sample_weight=weights,
            ),
        )
    )
