from pathlib import Path

import pytest

from bot.evaluation.intents import (
    OUT_OF_SCOPE,
    IntentDataError,
    Prediction,
    Sentence,
    read_sentences,
    report,
)

SENTENCES = [Sentence(*each) for each in [("a", "A"), ("b", "B"), ("c", "B"), ("x", OUT_OF_SCOPE)]]
PREDICTIONS = [
    Prediction("A", 0.9),
    Prediction("B", 0.8),
    Prediction("A", 0.4),
    Prediction("B", 0.3),
]


def test_below_the_threshold_nothing_is_predicted() -> None:
    measured = report(SENTENCES, PREDICTIONS, 0.5)
    assert measured.accuracy == 0.75
    assert measured.in_scope_accuracy == pytest.approx(2 / 3, abs=1e-4)
    assert measured.oos_recall == 1
    assert measured.threshold == 0.5


def test_the_best_threshold_is_found_on_the_test_sentences() -> None:
    measured = report(SENTENCES, PREDICTIONS, 0.0)
    assert measured.oos_recall == 0
    assert measured.best_threshold["mcc"] > measured.mcc
    assert measured.at_oos_recall is not None
    assert measured.at_oos_recall["oos_recall"] == 1


def test_without_anything_out_of_scope_there_is_no_recall() -> None:
    measured = report(SENTENCES[:2], PREDICTIONS[:2], 0.0)
    assert measured.oos_recall is None
    assert measured.at_oos_recall is None
    assert measured.mcc == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no column"),
        ("sentence\nhi\n", "no column label"),
        ("sentence,label\n,\n", "no sentence"),
    ],
)
def test_a_file_that_is_wrong_says_why(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(IntentDataError, match=reason):
        read_sentences(tmp_path / "t.csv")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(IntentDataError, match="can't be read"):
        read_sentences(tmp_path / "none.csv")
