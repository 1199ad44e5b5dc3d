from pathlib import Path

import pytest

from recommender.training.data.judgments import JudgmentError, read_judgments


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(line.replace(" | ", "\t") for line in lines) + "\n")
    return path


def test_esci_labels_become_gains(tmp_path: Path) -> None:
    file = write(
        tmp_path / "j.tsv",
        "query | product_id | esci_label",
        "red kettle | a | E",
        "red kettle | b | S",
        "red kettle | c | C",
        "red kettle | d | I",
    )
    assert [judgment.gain for judgment in read_judgments(file)] == [1.0, 0.1, 0.01, 0.0]


def test_grades_from_one_to_three_become_gains_from_zero_to_one(tmp_path: Path) -> None:
    file = write(tmp_path / "j.tsv", "query | product_id | relevance", "q | a | 1", "q | b | 2.5")
    assert [judgment.gain for judgment in read_judgments(file)] == [0.0, 0.75]


def test_the_better_of_two_judgments_of_a_pair_stands(tmp_path: Path) -> None:
    file = write(
        tmp_path / "j.tsv", "query | product_id | esci_label", "q | a | I", "q | a | E", "q | a | S"
    )
    (judgment,) = read_judgments(file)
    assert judgment.gain == 1.0


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("query | product_id | esci_label", "q | a | X", "line 2: esci_label is 'X'"),
        ("query | product_id | relevance", "q | a | 4", "line 2: relevance 4 is not between"),
        ("query | product_id | relevance", "q | a | nan", "line 2: relevance nan is not between"),
        ("query | product_id | stars", "q | a | 4", "line 2: give an esci_label, or a relevance"),
        ("query | item | esci_label", "q | a | E", "line 2: query and product_id are required"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(
    tmp_path: Path, header: str, row: str, reason: str
) -> None:
    with pytest.raises(JudgmentError, match=reason):
        read_judgments(write(tmp_path / "j.tsv", header, row))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(JudgmentError, match=r"none\.tsv: No such file"):
        read_judgments(tmp_path / "none.tsv")
