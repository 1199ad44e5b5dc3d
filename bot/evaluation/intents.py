"""How well the pipeline of config.yml tells intents apart, and what is none of them.

The pipeline is trained by Rasa on the labelled sentences, and on nothing else.
"""

import csv
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import matthews_corrcoef

from bot.dialogue import DialogueError, last_line, rasa_command, rasa_environment
from bot.settings import PROJECT_ROOT, Settings

OUT_OF_SCOPE = "NO_NODES_DETECTED"
"""The label of sentences that have no intent, as in the HINT3 benchmark."""
_THRESHOLDS = 401
_RECALL = 0.6
_MODEL = "intents"


class IntentDataError(Exception):
    """The sentences can't be measured with; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Prediction:
    label: str
    """The likeliest one, whether or not it is likely enough."""
    confidence: float


@dataclass(frozen=True, slots=True)
class IntentReport:
    """Shares from 0 to 1; below the threshold a sentence counts as out of scope."""

    sentences: int
    accuracy: float
    in_scope_accuracy: float
    oos_recall: float | None
    """None where no sentence is out of scope."""
    mcc: float
    threshold: float
    best_threshold: dict[str, float]
    """The threshold with the highest MCC on the test sentences, as published scores have it."""

    at_oos_recall: dict[str, float] | None
    """The threshold with the best in-scope accuracy that finds 60 % of what is out of scope, as
    CLINC150's scores are told; None where no sentence is."""

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def read_sentences(path: Path) -> list[Sentence]:
    """A CSV file with the columns `sentence` and `label`.

    Raises:
        IntentDataError: it can't be read, or lacks a column or any sentence.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.DictReader(file)
            missing = {"sentence", "label"} - set(rows.fieldnames or ())
            if missing:
                raise IntentDataError(f"{path} has no column {' and no column '.join(missing)}.")
            found = [Sentence(row["sentence"] or "", row["label"] or "") for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise IntentDataError(f"{path} can't be read: {error}") from error
    kept = [each for each in found if each.text.strip() and each.label.strip()]
    if not kept:
        raise IntentDataError(f"{path} has no sentence with a label.")
    return kept


def measure(settings: Settings, train: Path, test: Path) -> IntentReport:
    """Trains on one file and measures on the other.

    Raises:
        IntentDataError: a file is unusable.
        DialogueError: Rasa failed; the log's last line is in the message.
    """
    learnt, asked = read_sentences(train), read_sentences(test)
    if len({each.label for each in learnt}) < 2:
        raise IntentDataError(f"{train} has one label only; there is nothing to tell apart.")
    with tempfile.TemporaryDirectory(prefix="aisle-intents-") as name:
        folder = Path(name)
        _train(settings, learnt, folder)
        predictions, threshold = _parse(settings, learnt, asked, folder)
    return report(asked, predictions, threshold)


def report(
    sentences: Sequence[Sentence], predictions: Sequence[Prediction], threshold: float
) -> IntentReport:
    """Compares the predictions, one for each sentence, with the labels."""
    gold = np.array([each.label for each in sentences], dtype=object)
    predicted = np.array([each.label for each in predictions], dtype=object)
    confidences = np.array([each.confidence for each in predictions])

    def answers(least: float) -> Any:
        return np.where(confidences >= least, predicted, OUT_OF_SCOPE)

    at = answers(threshold)
    foreign = gold == OUT_OF_SCOPE
    tried = np.unique(np.quantile(confidences, np.linspace(0, 1, _THRESHOLDS)))
    best = max(tried, key=lambda least: matthews_corrcoef(gold, answers(least)))
    return IntentReport(
        sentences=len(sentences),
        accuracy=_share(at == gold),
        in_scope_accuracy=_share((at == gold)[~foreign]),
        oos_recall=_share((at == gold)[foreign]) if foreign.any() else None,
        mcc=round(float(matthews_corrcoef(gold, at)), 4),
        threshold=round(float(threshold), 4),
        best_threshold={
            "threshold": round(float(best), 4),
            "mcc": round(float(matthews_corrcoef(gold, answers(best))), 4),
            "accuracy": _share(answers(best) == gold),
        },
        at_oos_recall=_at_recall(tried, answers, gold) if foreign.any() else None,
    )


def _at_recall(tried: Any, answers: Callable[[float], Any], gold: Any) -> dict[str, float] | None:
    foreign = gold == OUT_OF_SCOPE
    found = []
    for least in tried:
        right = answers(least) == gold
        recall = _share(right[foreign])
        if recall >= _RECALL:
            found.append((_share(right[~foreign]), recall, round(float(least), 4)))
    if not found:
        return None
    accuracy, recall, threshold = max(found)
    return {"threshold": threshold, "in_scope_accuracy": accuracy, "oos_recall": recall}


def _share(right: Any) -> float:
    return round(float(right.mean()), 4) if len(right) else 0.0


def _train(settings: Settings, sentences: Sequence[Sentence], folder: Path) -> None:
    names = _names(sentences)
    examples = [
        {"text": each.text, "intent": names[each.label], "entities": []} for each in sentences
    ]
    data = folder / "nlu.json"
    data.write_text(json.dumps({"rasa_nlu_data": {"common_examples": examples}}))
    command = rasa_command(
        settings,
        *("train", "nlu", "--config", "config.yml", "--nlu", str(data), "--out", str(folder)),
        *("--fixed-model-name", _MODEL),
    )
    _run(settings, command, folder)


def _parse(
    settings: Settings, learnt: Sequence[Sentence], asked: Sequence[Sentence], folder: Path
) -> tuple[list[Prediction], float]:
    labels = {name: label for label, name in _names(learnt).items()}
    texts, parses = folder / "texts.json", folder / "parses.json"
    texts.write_text(json.dumps([each.text for each in asked]))
    model = folder / f"{_MODEL}.tar.gz"
    command = [str(settings.rasa_python), "-m", "bot.nlu.parse", str(model)]
    _run(settings, [*command, str(texts), str(parses)], folder)
    found = json.loads(parses.read_text())
    first = [each["ranking"][0] for each in found]
    predictions = [Prediction(labels[each["name"]], each["confidence"]) for each in first]
    return predictions, found[0]["threshold"]


def _names(sentences: Sequence[Sentence]) -> dict[str, str]:
    """Each label's name for Rasa, which gives some signs in a name a meaning of their own."""
    labels = sorted({each.label for each in sentences})
    return {label: f"intent_{number}" for number, label in enumerate(labels)}


def _run(settings: Settings, command: list[str], folder: Path) -> None:
    log = folder / "rasa.log"
    with log.open("w") as output:
        done = subprocess.run(
            command,
            cwd=PROJECT_ROOT,
            env={**rasa_environment(settings), "PYTHONWARNINGS": "ignore", "COLUMNS": "80"}
            | {"PYTHONPATH": os.pathsep.join([str(PROJECT_ROOT)])},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        raise DialogueError(f"Rasa failed: {last_line(log)}")
