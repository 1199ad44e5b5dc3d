"""How well an upset customer is told from a calm one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.desk.mood import Example, Mood
from recommender.serving.encoder import Encoder


@dataclass(frozen=True, slots=True)
class MoodReport:
    messages: int
    upset: int
    threshold: float
    precision: float
    recall: float
    accuracy: float
    mistakes: tuple[Example, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "messages": self.messages,
            "upset": self.upset,
            "threshold": round(self.threshold, 4),
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "accuracy": round(self.accuracy, 4),
            "mistakes": [{"text": each.text, "upset": each.is_upset} for each in self.mistakes],
        }


def measure_mood(mood: Mood, encoder: Encoder, examples: Sequence[Example]) -> MoodReport:
    """At the mood's own threshold."""
    found = mood.probabilities([each.text for each in examples], encoder) >= mood.threshold
    upset = sum(each.is_upset for each in examples)
    right = [each for each, called in zip(examples, found, strict=True) if each.is_upset == called]
    hits = sum(each.is_upset for each in right)
    called = int(found.sum())
    return MoodReport(
        messages=len(examples),
        upset=upset,
        threshold=mood.threshold,
        precision=hits / called if called else 0.0,
        recall=hits / upset if upset else 0.0,
        accuracy=len(right) / len(examples) if examples else 0.0,
        mistakes=tuple(
            each for each, called in zip(examples, found, strict=True) if each.is_upset != called
        ),
    )
