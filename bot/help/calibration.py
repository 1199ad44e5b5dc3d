"""What the signals of a passage weigh, and how sure its answer is; learnt, not chosen."""

import json
from dataclasses import asdict, dataclass, fields
from math import exp
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_suffix(".json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """`aisle evaluate help --calibrate` learns it from questions with known answers."""

    asked: float
    """Weight of the cosine with the nearest question that the passage says it answers, or, where
    it says none, with its nearest sentence under its heading."""
    whole: float
    """Of the cosine with all of it."""
    lexical: float
    """Of the words shared."""
    bias: float
    """Of the logistic regression that makes a confidence of the following."""
    score: float
    """The best passage's score, by the weights above."""
    elsewhere: float
    """The cosine with the nearest question of which no help page is expected to know."""
    margin: float
    """How far the score is above the next passage's."""
    threshold: float
    """The confidence below which the assistant says that it isn't sure."""
    likely: float
    """The confidence from which it shows the passage all the same, as what may be meant."""

    def confidence(self, score: float, elsewhere: float, margin: float) -> float:
        """How probable it is that the passage answers the question, 0 to 1."""
        logit = self.bias + self.score * score + self.elsewhere * elsewhere + self.margin * margin
        return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))

    @classmethod
    def load(cls, path: Path = _FILE) -> "Calibration":
        """By default the one that ships.

        Raises:
            ValueError: the file lacks a number.
        """
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        try:
            return cls(**{each.name: float(read[each.name]) for each in fields(cls)})
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path} is no calibration: {error}") from error

    def save(self, path: Path = _FILE) -> None:
        rounded = {name: round(value, 4) for name, value in asdict(self).items()}
        path.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
