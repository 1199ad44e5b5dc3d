"""Learns the calibration from questions whose answers are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

from bot.help.calibration import Calibration
from bot.help.finder import HelpFinder, HelpPages, Signals
from bot.help.markup import without_comments
from bot.help.questions import HelpQuestion
from catalog.models import Policy

MOST_WRONG = 0.04
"""The share of questions that may get a wrong answer; the threshold is as low as that allows."""
FEWEST_RIGHT = 0.5
"""Of the answers that are given as what may be meant."""
_FOLDS = 10
_SEED = 0

Features = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A question with what speaks for each passage."""

    question: HelpQuestion
    pages: HelpPages
    signals: Signals

    @property
    def features(self) -> Features:
        """`[passages, 3]`"""
        signals = self.signals
        return np.stack([signals.asked, signals.whole, signals.lexical], axis=1).astype(np.float64)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which passages answer it: `[passages]`."""
        wanted = frozenset().union(*self.question.answers)
        return np.array([bool(each.names & wanted) for each in self.pages.passages])


def learn(
    finder: HelpFinder, policies: Sequence[Policy], questions: Sequence[HelpQuestion]
) -> Calibration:
    """The calibration for these questions over these pages.

    Weights: a logistic regression that tells a question's right passages from all others.
    Confidence: another, that tells questions whose best passage is right from the rest. Threshold:
    from confidences of which each comes from the nine tenths without its question; so does that of
    a likely answer.

    Each question counts twice: over the pages as they are, and as if no author had written down
    what customers ask, because most shops' pages are like that.
    """
    seen = [
        _Seen(each, pages, signals)
        for shown in (policies, [_unasked(each) for each in policies])
        for each in questions
        # Several questions in one are first cut, and then asked one by one.
        if len(each.answers) < 2
        for pages, signals in [finder.look(each.ask, shown)]
        if signals is not None
    ]
    weights = _weights(seen)
    features = np.array([_of_best(each, weights) for each in seen])
    right = np.array([bool(each.right[_best(each, weights)]) for each in seen])
    regression = LogisticRegression(C=100, max_iter=10_000)
    # A question's two rows are left out together.
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    groups = [each.question.ask for each in seen]
    sure = cross_val_predict(
        regression, features, right, groups=groups, cv=folds, method="predict_proba"
    )[:, 1]
    regression.fit(features, right)
    score, elsewhere, margin = map(float, regression.coef_[0])
    asked, whole, lexical = map(float, weights)
    return Calibration(
        asked=asked,
        whole=whole,
        lexical=lexical,
        bias=float(regression.intercept_[0]),
        score=score,
        elsewhere=elsewhere,
        margin=margin,
        threshold=(threshold := _threshold(sure, right)),
        likely=_likely(sure, right, threshold),
    )


def _unasked(policy: Policy) -> Policy:
    body = without_comments(policy.body)
    return Policy(slug=policy.slug, title=policy.title, body=body, url=policy.url)


def _weights(seen: Sequence[_Seen]) -> Features:
    answered = [each for each in seen if each.right.any()]
    regression = LogisticRegression(C=10, class_weight="balanced", max_iter=10_000)
    regression.fit(
        np.concatenate([each.features for each in answered]),
        np.concatenate([each.right for each in answered]),
    )
    weights = np.maximum(regression.coef_[0], 0.0)
    total: Features = weights / weights.sum()
    return total


def _best(seen: _Seen, weights: Features) -> int:
    return int(np.argmax(seen.features @ weights))


def _of_best(seen: _Seen, weights: Features) -> tuple[float, float, float]:
    scores = np.sort(seen.features @ weights)[::-1]
    following = scores[1] if len(scores) > 1 else 0.0
    return float(scores[0]), seen.signals.elsewhere, float(scores[0] - following)


def _threshold(sure: Features, right: NDArray[np.bool_]) -> float:
    candidates = np.unique(sure)
    wrong = np.array([((sure >= each) & ~right).mean() for each in candidates])
    return float(candidates[np.argmax(wrong <= MOST_WRONG)])


def _likely(sure: Features, right: NDArray[np.bool_], threshold: float) -> float:
    doubtful = sure < threshold
    candidates = np.unique(sure[doubtful])
    shares = np.array([right[doubtful & (sure >= each)].mean() for each in candidates])
    enough = candidates[shares >= FEWEST_RIGHT]
    return float(enough[0]) if len(enough) else threshold
