"""What customers thought of the help they got."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.models import Satisfaction, SupportKind

UP, DOWN = 5, 1
LONGEST_COMMENT = 500
_SATISFIED_FROM = 4


class ScoreError(ValueError):
    """No score from 1 to 5."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Of one kind of help, or of one topic."""

    answers: int
    average: float
    satisfied: float
    """The share that gave 4 or 5, which is what CSAT means."""

    def to_json(self) -> dict[str, Any]:
        return {
            "answers": self.answers,
            "average": round(self.average, 2),
            "satisfied": round(self.satisfied, 4),
        }


def rate(
    session: Session,
    conversation_id: str,
    score: int,
    *,
    kind: SupportKind,
    topic: str = "",
    comment: str = "",
    redact: Callable[[str], str],
) -> Satisfaction:
    """Stores one answer. What personal data the line has, `redact` takes out first.

    Raises:
        ScoreError: there is no such score.
    """
    if not DOWN <= score <= UP:
        raise ScoreError(f"A score is from {DOWN} to {UP}.")
    # Before it is cut: half an address is an address that nobody recognises.
    kept = redact(comment.strip())[:LONGEST_COMMENT]
    given = Satisfaction(
        conversation_id=conversation_id, kind=kind, topic=topic[:64], score=score, comment=kept
    )
    session.add(given)
    session.flush()
    return given


def comment_on(session: Session, id: int, comment: str, *, redact: Callable[[str], str]) -> bool:
    """Adds the line to a tap of before; False where that is gone."""
    given = session.get(Satisfaction, id)
    if given is None:
        return False
    given.comment = redact(comment.strip())[:LONGEST_COMMENT]
    return True


def summaries(session: Session) -> dict[str, Summary]:
    """`all`, each kind of help, and each topic as `kind/topic`."""
    found: dict[str, list[int]] = {}
    counts = select(
        Satisfaction.kind, Satisfaction.topic, Satisfaction.score, func.count()
    ).group_by(Satisfaction.kind, Satisfaction.topic, Satisfaction.score)
    for kind, topic, score, count in session.execute(counts):
        for name in ("all", kind.value, *([f"{kind.value}/{topic}"] if topic else [])):
            found.setdefault(name, []).extend([score] * count)
    return {name: _summary(scores) for name, scores in sorted(found.items())}


def _summary(scores: list[int]) -> Summary:
    satisfied = sum(score >= _SATISFIED_FROM for score in scores)
    return Summary(len(scores), sum(scores) / len(scores), satisfied / len(scores))
