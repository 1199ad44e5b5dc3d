"""English: where one question of a message ends, and what help pages mostly don't answer."""

import re
from pathlib import Path

_REQUEST = (
    r"(?:(?:what|how|where|when|who|whom|which|why|whats|hows|wheres)(?:'?s)?"
    r"|(?:do|does|did|is|are|can|could|will|would|should|may|am|was|were|have|has)(?:n'?t)?"
    r"|tell me|show me|i(?:'?d| would)? (?:like|want|need)|also|please)\b"
)
_JOINT = r"(?:\s*,)?\s+(?:and also|and then|and|also|plus|as well as)\s+"
_CUT = re.compile(
    rf"\s*[.?!;\n]+\s+(?:and also|and|also|plus|oh and|btw)?,?\s*(?=\w)|{_JOINT}(?=\w)"
    rf"|\s*,\s*(?={_REQUEST})",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    rf"\s*(?:(?:and|also|so|but|ok|hi|hello|hey)\b,?\s*)*{_REQUEST}", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"\b(?:it|that|this|they|them|those|these|one|ones|there|then|he|she)\b", re.IGNORECASE
)
_EDGES = " \t\n,;.!?"

elsewhere = tuple(
    Path(__file__).with_name("elsewhere.txt").read_text(encoding="utf-8").splitlines()
)
"""Questions that customers ask and help pages mostly don't answer: jobs, sponsoring, an app."""


def pieces(text: str) -> list[str]:
    """The message cut wherever another question may begin."""
    return [piece for each in _CUT.split(text) if (piece := each.strip(_EDGES))]


def is_question(piece: str) -> bool:
    """Whether it begins as questions and requests do."""
    return _BEGINS.match(piece) is not None


def points_back(piece: str) -> bool:
    """Whether a word of it may stand for something said before: "and how much is it?"."""
    return _POINTS_BACK.search(piece) is not None
