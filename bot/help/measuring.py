"""How well questions are answered whose answers are known."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.help.answers import Help, HelpDesk
from bot.help.questions import HelpQuestion
from catalog.models import Policy


@dataclass(frozen=True, slots=True)
class Outcome:
    question: HelpQuestion
    help: Help

    @property
    def is_found(self) -> bool:
        """Whether each thing asked has a right passage among the answers, or, where the assistant
        isn't sure, in the likeliest one."""
        given = self._given() or ([self.help.nearest.names] if self.help.nearest else [])
        return self._answers_all(given)

    @property
    def is_answered(self) -> bool:
        """Whether each thing asked is answered, by a right passage, with confidence."""
        return self._answers_all(self._given())

    @property
    def is_wrong(self) -> bool:
        """Whether something is answered with confidence by a passage that is no answer to it."""
        wanted = frozenset[str]().union(*self.question.answers)
        return any(not names & wanted for names in self._given())

    def _given(self) -> list[frozenset[str]]:
        return [each.names for each in self.help.answers]

    def _answers_all(self, given: Sequence[frozenset[str]]) -> bool:
        wanted = self.question.answers
        return bool(wanted) and all(any(names & each for names in given) for each in wanted)


@dataclass(frozen=True, slots=True)
class HelpReport:
    questions: int
    answerable: int
    right_passage: float
    """Of the answerable: the share whose right passages were found."""
    answered: float
    """Of the answerable: the share that was given them with confidence."""
    wrong_with_confidence: float
    """Of all questions."""
    threshold: float

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def measure(
    desk: HelpDesk, policies: Sequence[Policy], questions: Sequence[HelpQuestion]
) -> tuple[HelpReport, list[Outcome]]:
    """The report, and each question with what was said to it."""
    outcomes = [Outcome(each, desk.help(each.ask, policies)) for each in questions]
    answerable = [each for each in outcomes if each.question.answers]
    report = HelpReport(
        questions=len(outcomes),
        answerable=len(answerable),
        right_passage=_share([each.is_found for each in answerable]),
        answered=_share([each.is_answered for each in answerable]),
        wrong_with_confidence=_share([each.is_wrong for each in outcomes]),
        threshold=desk.threshold,
    )
    return report, outcomes


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
