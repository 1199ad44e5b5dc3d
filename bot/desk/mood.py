"""Whether a customer is upset: logistic regression on the sentence embedding.

Beside it stand signs that an encoder does not see: capitals and exclamation marks. Learnt from a
few examples of our own (bot/desk/english); `aisle evaluate mood` measures it on others.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.serving.encoder import Encoder

Numbers = NDArray[np.float64]

ENGLISH = Path(__file__).parent / "english"
WEIGHTS = ENGLISH / "mood.json"
UPSET = "upset"
_PRECISION = 0.9
"""What the threshold aims at: a person called for nothing costs the shop, and one who is not
called can still be asked for."""
_STRETCH = 6.0
_FOLDS = 5
_SHOUTED_LETTERS = 8


class MoodError(Exception):
    """The examples or the weights can't be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    is_upset: bool


@dataclass(frozen=True, slots=True)
class Mood:
    """Learnt weights, for one encoder."""

    fingerprint: str
    """Of the encoder: with another one the weights mean nothing."""
    weights: Numbers
    bias: float
    threshold: float

    def probabilities(self, texts: Sequence[str], encoder: Encoder) -> Numbers:
        """How likely each customer is upset, `[len(texts)]`."""
        scores = _features(texts, encoder) @ self.weights + self.bias
        return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float64)

    def is_upset(self, text: str, encoder: Encoder) -> bool:
        """Whether to offer a person without being asked."""
        return bool(text.strip()) and bool(self.probabilities([text], encoder)[0] >= self.threshold)

    def to_json(self) -> dict[str, Any]:
        return {
            "fingerprint": self.fingerprint,
            "threshold": round(self.threshold, 6),
            "bias": round(self.bias, 6),
            "weights": [round(float(each), 5) for each in self.weights],
        }


def open_mood(encoder: Encoder) -> Mood:
    """The weights that ship; learnt anew, in a second, where they are of another encoder.

    Raises:
        MoodError: a file is damaged.
    """
    try:
        stored = json.loads(WEIGHTS.read_text())
        if stored["fingerprint"] == encoder.fingerprint:
            weights = np.asarray(stored["weights"], dtype=np.float64)
            return Mood(encoder.fingerprint, weights, stored["bias"], stored["threshold"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MoodError(f"{WEIGHTS} is damaged: run `aisle train mood`.") from error
    return learn(read_examples(ENGLISH / "mood_train.tsv"), encoder)


def read_examples(path: Path) -> list[Example]:
    """Lines of `upset|calm`, a tab and a message.

    Raises:
        MoodError: a line is none.
    """
    examples = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        label, tab, text = line.partition("\t")
        if not tab or label not in (UPSET, "calm") or not text.strip():
            raise MoodError(f"{path}, line {number}: write upset or calm, a tab and a message.")
        examples.append(Example(text, label == UPSET))
    return examples


def learn(examples: Sequence[Example], encoder: Encoder) -> Mood:
    """Weights from all examples, and the threshold from those held out in turn."""
    from sklearn.linear_model import LogisticRegression  # slow to import, and seldom wanted
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    features = _features([each.text for each in examples], encoder)
    labels = np.array([each.is_upset for each in examples])
    regression = LogisticRegression(max_iter=500)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    held_out = cross_val_predict(regression, features, labels, cv=folds, method="predict_proba")
    threshold = _threshold(held_out[:, 1], labels)
    regression.fit(features, labels)
    return Mood(
        encoder.fingerprint, regression.coef_[0], float(regression.intercept_[0]), threshold
    )


def _features(texts: Sequence[str], encoder: Encoder) -> Numbers:
    vectors = encoder.encode(list(texts)).astype(np.float64) * _STRETCH
    signs = np.array([[_shouting(text), min(text.count("!"), 3) / 3] for text in texts])
    return np.hstack([vectors, signs])


def _shouting(text: str) -> float:
    """The share of capitals, in texts long enough for it to mean something."""
    letters = [each for each in text if each.isalpha()]
    if len(letters) < _SHOUTED_LETTERS:
        return 0.0
    return sum(each.isupper() for each in letters) / len(letters)


def _threshold(probabilities: Numbers, labels: NDArray[np.bool_]) -> float:
    """The lowest one at which, from there on up, enough of those called upset are."""
    best = 1.0
    for tried in sorted(set(probabilities.tolist()), reverse=True):
        called = probabilities >= tried
        if labels[called].mean() >= _PRECISION:
            best = tried
    return float(best)
