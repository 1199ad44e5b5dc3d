"""Questions whose answers are known, to learn from and to measure by."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomllib

DEVELOPMENT = Path(__file__).with_name("development.toml")
"""What the calibration is learnt from."""
TEST = Path(__file__).with_name("test.toml")
"""What it is measured by, and never learnt from."""


class HelpQuestionsError(Exception):
    """A file of questions that can't be used; the message says which entry and why."""


@dataclass(frozen=True, slots=True)
class HelpQuestion:
    ask: str
    answers: tuple[frozenset[str], ...]
    """For each thing asked, the passages that answer it, as `page#heading`; empty where none
    does."""


def read_questions(path: Path) -> list[HelpQuestion]:
    """The `questions` of a TOML file, as `bot/help/development.toml` is written.

    Raises:
        HelpQuestionsError: the file can't be read, or an entry is wrong.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("questions", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HelpQuestionsError(f"{path} can't be read: {error}") from error
    if not rows:
        raise HelpQuestionsError(f"{path} has no questions.")
    return [_question(path, number, row) for number, row in enumerate(rows, start=1)]


def _question(path: Path, number: int, row: Any) -> HelpQuestion:
    match row:
        case {"ask": str(ask), "answers": list(answers)} if ask and all(
            isinstance(each, str) for each in answers
        ):
            return HelpQuestion(ask, tuple(frozenset(each.split(" | ")) for each in answers))
    raise HelpQuestionsError(
        f'{path}, question {number}: write {{ ask = "…", answers = ["page#heading"] }}.'
    )
