"""From a question to the passage that answers it, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from bot.help.calibration import Calibration
from bot.help.lexical import SharedWords
from bot.help.passages import Passage, passages
from bot.help.spelling import Spelling
from bot.help.vectors import KeptVectors
from catalog.models import Policy
from recommender.retrieval.analysis import Analyzer
from recommender.serving.encoder import Encoder

Scores = NDArray[np.float32]
_Key = tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for each passage as the answer to a question: one value for each passage."""

    asked: Scores
    whole: Scores
    lexical: Scores
    elsewhere: float
    """Cosine with the nearest question that no help page is expected to answer."""

    def scores(self, calibration: Calibration) -> Scores:
        scored: Scores = (
            calibration.asked * self.asked
            + calibration.whole * self.whole
            + calibration.lexical * self.lexical
        )
        return scored


@dataclass(frozen=True, slots=True)
class Found:
    passage: Passage
    confidence: float
    """The probability that it answers the question."""


class HelpPages:
    """The passages of some pages with their vectors; made anew when a page changes."""

    def __init__(
        self,
        policies: Sequence[Policy],
        vectors: KeptVectors,
        analyzer: Analyzer,
        language: frozenset[str],
    ) -> None:
        """`language` are words that are spelled right, whether a page has them or not."""
        self.passages = [each for policy in policies for each in passages(policy)]
        texts: list[str] = []
        self._questions = _add(texts, [each.questions for each in self.passages])
        self._wholes = _add(texts, [[each.whole] for each in self.passages])
        self._vectors = vectors.of(texts)
        words = [" ".join((each.whole, *each.asked)) for each in self.passages]
        self._words = SharedWords(analyzer, words)
        self.spelling = Spelling(words, language)

    def signals(self, question: str, vector: Scores, elsewhere: float) -> Signals:
        near = self._vectors @ vector
        return Signals(
            _highest(near, self._questions),
            _highest(near, self._wholes),
            self._words.scores(question),
            elsewhere,
        )


class HelpFinder:
    """Finds passages by meaning and by words. Thread-safe.

    Pages are given with each question, so that an edited page answers differently at once; only
    what changed is embedded.
    """

    def __init__(
        self,
        encoder: Encoder,
        analyzer: Analyzer,
        elsewhere: Sequence[str],
        calibration: Calibration | None = None,
    ) -> None:
        """`elsewhere` are questions that customers ask and help pages mostly don't answer."""
        self.calibration = calibration or Calibration.load()
        self._encoder = encoder
        self._analyzer = analyzer
        self._vectors = KeptVectors(encoder)
        self._elsewhere = KeptVectors(encoder)
        self._unanswered = elsewhere
        self._lock = Lock()
        self._pages: tuple[_Key, HelpPages] | None = None

    def find(self, question: str, policies: Sequence[Policy]) -> list[Found]:
        """Every passage, the likeliest first; only its confidence is a probability."""
        pages, signals = self.look(question, policies)
        if signals is None:
            return []
        scores = signals.scores(self.calibration)
        best = np.argsort(-scores, kind="stable")
        return [
            Found(pages.passages[place], self._confidence(signals, scores, rank, best))
            for rank, place in enumerate(best)
        ]

    def look(self, question: str, policies: Sequence[Policy]) -> tuple[HelpPages, Signals | None]:
        """The pages, and what speaks for each of their passages; None where there is none."""
        pages = self._read(policies)
        if not pages.passages:
            return pages, None
        question = pages.spelling.corrected(question)
        vector = self._encoder.encode([question])[0]
        unanswered = self._elsewhere.of(self._unanswered) @ vector
        nearest = float(unanswered.max()) if len(unanswered) else 0.0
        return pages, pages.signals(question, vector, nearest)

    def _confidence(
        self, signals: Signals, scores: Scores, rank: int, best: NDArray[np.intp]
    ) -> float:
        following = scores[best[rank + 1]] if rank + 1 < len(best) else 0.0
        score = float(scores[best[rank]])
        # Only the first has a margin; one below it is as doubtful as the first is above it.
        margin = score - float(following if rank == 0 else scores[best[0]])
        return self.calibration.confidence(score, signals.elsewhere, margin)

    def _read(self, policies: Sequence[Policy]) -> HelpPages:
        key = tuple((each.slug, each.title, each.body, each.url) for each in policies)
        with self._lock:
            if self._pages is None or self._pages[0] != key:
                self._pages = key, self._made(policies)
            return self._pages[1]

    def _made(self, policies: Sequence[Policy]) -> HelpPages:
        return HelpPages(policies, self._vectors, self._analyzer, self._encoder.words)


def _add(texts: list[str], groups: Sequence[Sequence[str]]) -> list[slice]:
    """The rows that each group's texts get among all the texts."""
    rows = []
    for group in groups:
        rows.append(slice(len(texts), len(texts) + len(group)))
        texts += group
    return rows


def _highest(values: Scores, rows: Sequence[slice]) -> Scores:
    return np.array([values[each].max() for each in rows], dtype=np.float32)
