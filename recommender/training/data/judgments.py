"""Relevance judgments: which product answers which query, and how well."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ESCI_GAINS = {"E": 1.0, "S": 0.1, "C": 0.01, "I": 0.0}
"""Exact, Substitute, Complement, Irrelevant; the gains of the KDD Cup 2022 that ESCI comes from."""

_LOWEST_GRADE, _HIGHEST_GRADE = 1.0, 3.0


class JudgmentError(ValueError):
    """A file of judgments that can't be read; says which line and why."""


@dataclass(frozen=True, slots=True)
class Judgment:
    query: str
    product_id: str
    gain: float
    """From 0, irrelevant, to 1, exactly what was asked for."""


def read_judgments(path: Path) -> list[Judgment]:
    """Reads a TSV with `query`, `product_id`, and `esci_label` (E, S, C, I) or `relevance` (1–3).

    A query and product that were judged twice keep the better judgment.

    Raises:
        JudgmentError: the file is missing, lacks a column, or holds an unknown label.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            judgments = [
                _judgment(row, f"{path}, line {line}")
                for line, row in enumerate(csv.DictReader(file, delimiter="\t"), start=2)
            ]
    except OSError as error:
        raise JudgmentError(f"{path}: {error.strerror}") from error
    return best_of_each(judgments)


def _judgment(row: dict[str, str | None], where: str) -> Judgment:
    query, product_id = row.get("query"), row.get("product_id")
    if not query or not product_id:
        raise JudgmentError(f"{where}: query and product_id are required")
    return Judgment(" ".join(query.split()), product_id, _gain(row, where))


def _gain(row: dict[str, str | None], where: str) -> float:
    if label := row.get("esci_label"):
        if label not in ESCI_GAINS:
            raise JudgmentError(f"{where}: esci_label is {label!r}, not one of E, S, C, I")
        return ESCI_GAINS[label]
    grade = row.get("relevance")
    try:
        relevance = float(grade or "")
    except ValueError:
        raise JudgmentError(f"{where}: give an esci_label, or a relevance from 1 to 3") from None
    if not _LOWEST_GRADE <= relevance <= _HIGHEST_GRADE:
        raise JudgmentError(f"{where}: relevance {grade} is not between 1 and 3")
    return gain_of(relevance)


def gain_of(relevance: float) -> float:
    """0 to 1 of a relevance from 1 to 3."""
    return (relevance - _LOWEST_GRADE) / (_HIGHEST_GRADE - _LOWEST_GRADE)


def relevance_of(gain: float) -> float:
    """1 to 3 of a gain from 0 to 1. Rounded, so that a relevance comes back as it was written."""
    return round(_LOWEST_GRADE + gain * (_HIGHEST_GRADE - _LOWEST_GRADE), 6)


def best_of_each(judgments: Iterable[Judgment]) -> list[Judgment]:
    """One judgment of each query and product, the best."""
    best: dict[tuple[str, str], Judgment] = {}
    for judgment in judgments:
        known = best.setdefault((judgment.query, judgment.product_id), judgment)
        if judgment.gain > known.gain:
            best[judgment.query, judgment.product_id] = judgment
    return list(best.values())
