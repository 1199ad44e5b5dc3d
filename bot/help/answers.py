"""A customer's question, or several in one message, answered from the help pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.help import english
from bot.help.calibration import Calibration
from bot.help.finder import Found, HelpFinder
from bot.help.passages import Passage
from catalog.models import Policy
from recommender.query.english import ENGLISH
from recommender.retrieval.analysis import Analyzer
from recommender.serving.encoder import Encoder

MOST_PARTS = 4
_MOST_WORDS_OF_CONTEXT = 12
_MOST_SUGGESTED = 3
_FEWEST_WORDS = 3
"""Of a question that is worth saying that no page answers it."""


@dataclass(frozen=True, slots=True)
class HelpAnswer:
    """A passage that answers a question."""

    text: str
    page: str
    """The page's title."""
    heading: str
    """Empty for the page's introduction."""
    address: str
    """Where the customer can read on: a path on the shop's own page, or a URL."""
    score: float
    """The probability that this is the answer, 0 to 1."""
    names: frozenset[str] = frozenset()
    """Of the passages quoted, as `page#heading`."""


@dataclass(frozen=True, slots=True)
class Help:
    """What the pages say to a message."""

    answers: tuple[HelpAnswer, ...]
    """One for each question in it that a page answers, in order; no passage twice."""
    unanswered: tuple[str, ...] = ()
    """The questions in it that no page answers for sure, in the customer's words."""
    suggestions: tuple[str, ...] = ()
    """What to ask instead of the first that was not answered: the pages' own questions."""
    nearest: HelpAnswer | None = None
    """The likeliest answer, however unsure; None only where there are no pages."""
    likely: HelpAnswer | None = None
    """It, where nothing is answered for sure and it is worth showing as what may be meant."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A question of a message."""

    text: str
    before: str = ""
    """What was asked before it, where it points back to that: "and how much is it?"."""


class HelpDesk:
    """Answers from the pages it is given, whatever they say now. Thread-safe.

    >>> desk = HelpDesk.open(encoder)
    >>> help = desk.help("how long is shipping and can I return sale items?", policies)
    >>> [answer.heading for answer in help.answers]
    ['How long it takes', 'Sale items']
    """

    def __init__(self, finder: HelpFinder) -> None:
        self.finder = finder

    @classmethod
    def open(cls, encoder: Encoder, calibration: Calibration | None = None) -> "HelpDesk":
        """With the calibration that ships, unless another is given."""
        analyzer = Analyzer(ENGLISH.stemmer)
        return cls(HelpFinder(encoder, analyzer, english.elsewhere, calibration))

    @property
    def threshold(self) -> float:
        return self.finder.calibration.threshold

    def help(self, message: str, policies: Sequence[Policy]) -> Help:
        """What the pages say to a message of one question or several."""
        whole = self.finder.find(message, policies)
        if not whole:
            return Help((), (message,))
        nearest = _answer(whole[0])
        parts = self._parts(message, policies)
        if len(parts) > 1:
            sure, doubtful = self._of_each(parts, policies)
            if len(sure) > 1 or (sure and doubtful):
                unanswered = tuple(part.text for part, _ in doubtful)
                suggested = _suggestions(doubtful[0][1]) if doubtful else ()
                return Help(tuple(map(_answer, sure)), unanswered, suggested, nearest)
            if sure and not self._is_sure(whole[0]):
                # The message holds more than its question: a greeting, a story.
                return Help((_answer(sure[0]),), nearest=nearest)
        if self._is_sure(whole[0]):
            return Help((nearest,), nearest=nearest)
        is_likely = nearest.score >= self.finder.calibration.likely
        return Help((), (message,), _suggestions(whole), nearest, nearest if is_likely else None)

    def _of_each(
        self, parts: Sequence[_Part], policies: Sequence[Policy]
    ) -> tuple[list[Found], list[tuple[_Part, list[Found]]]]:
        """The passages that answer the parts, none twice, and the parts without an answer."""
        sure: list[Found] = []
        doubtful: list[tuple[_Part, list[Found]]] = []
        said: frozenset[str] = frozenset()
        for part in parts:
            ranked = self.finder.find(f"{part.before}{part.text}", policies)
            best = ranked[0]
            if best.passage.names & said and part.before:
                best = self._apart(part, ranked, policies)
            if not self._is_sure(best):
                if english.is_question(part.text) and len(part.text.split()) >= _FEWEST_WORDS:
                    doubtful.append((part, ranked))
            elif not best.passage.names & said:
                sure.append(best)
                said |= best.passage.names
        # What is quoted already may well answer it: then nobody is told that it was not found.
        likely = self.threshold / 2
        return sure, [
            (part, ranked)
            for part, ranked in doubtful
            if ranked[0].confidence < likely or not ranked[0].passage.names & said
        ]

    def _apart(self, part: _Part, ranked: list[Found], policies: Sequence[Policy]) -> Found:
        """What answers a part whose context has been answered: in "how long does it take, and what
        does it cost?" the second passage for both, if it is the first for the part alone."""
        alone = self.finder.find(part.text, policies)[0]
        is_second = len(ranked) > 1 and alone.passage == ranked[1].passage
        return alone if is_second and self._is_sure(alone) else ranked[0]

    def _parts(self, message: str, policies: Sequence[Policy]) -> list[_Part]:
        """The questions in it. What is no question by itself stays with the one it belongs to,
        unless a page answers it alone, and differently: "and unsubscribe from the newsletter"."""
        parts: list[_Part] = []
        story = ""
        for piece in english.pieces(message):
            is_question = english.is_question(piece)
            if not parts and not is_question:
                story += f"{piece}, "
            elif not parts or (is_question and not english.points_back(piece)):
                parts.append(_Part(f"{story}{piece}"))
                story = ""
            elif is_question:
                before = " ".join(parts[-1].text.split()[-_MOST_WORDS_OF_CONTEXT:])
                parts.append(_Part(piece, f"{before}, "))
            elif self._stands_alone(piece, parts[-1].text, policies):
                parts.append(_Part(piece))
            else:
                parts[-1] = _Part(f"{parts[-1].text}, {piece}", parts[-1].before)
        return parts if len(parts) <= MOST_PARTS else []

    def _stands_alone(self, piece: str, before: str, policies: Sequence[Policy]) -> bool:
        found = self.finder.find(piece, policies)[0]
        names = self.finder.find(before, policies)[0].passage.names
        return self._is_sure(found) and not found.passage.names & names

    def _is_sure(self, found: Found) -> bool:
        return found.confidence >= self.threshold


def _suggestions(found: Sequence[Found]) -> tuple[str, ...]:
    asked = (_asked(each.passage) for each in found)
    return tuple(list(dict.fromkeys(asked))[:_MOST_SUGGESTED])


def _asked(passage: Passage) -> str:
    """What leads to this passage when the customer sends it."""
    return passage.asked[0] if passage.asked else passage.page


def _answer(found: Found) -> HelpAnswer:
    passage = found.passage
    return HelpAnswer(
        passage.quoted,
        passage.page,
        passage.heading,
        passage.address,
        found.confidence,
        passage.names,
    )
