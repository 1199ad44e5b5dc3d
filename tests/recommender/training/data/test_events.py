import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from recommender.training.data.events import Event, EventKind, read_events
from recommender.training.data.judgments import JudgmentError

COLUMNS = ("event", "product_id", "customer", "time", "query", "position", "rating")
NINE = datetime(2026, 3, 1, 9, tzinfo=UTC)
ROWS = [
    ("click", "p1", "c1", "2026-03-01T09:00:00Z", "Red  Kettle", "2", ""),
    ("impression", "p1", "c1", "2026-03-01T09:00:00+00:00", "red kettle", "2.0", ""),
    ("rating", "p1", "c1", "2026-03-02T10:00:00", "", "", "4"),
]


def write(path: Path, *rows: tuple[str, ...]) -> Path:
    if path.suffix == ".jsonl":
        lines = [json.dumps({k: v or None for k, v in zip(COLUMNS, r, strict=True)}) for r in rows]
    else:
        between = "," if path.suffix == ".csv" else "\t"
        lines = [between.join(row) for row in (COLUMNS, *rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("suffix", ["tsv", "csv", "jsonl"])
def test_each_format_says_the_same_and_time_orders_it(suffix: str, tmp_path: Path) -> None:
    assert read_events(write(tmp_path / f"log.{suffix}", *ROWS)) == [
        Event(EventKind.IMPRESSION, "p1", "c1", NINE, "red kettle", 2),
        Event(EventKind.CLICK, "p1", "c1", NINE, "red kettle", 2),
        Event(EventKind.RATING, "p1", "c1", NINE.replace(day=2, hour=10), rating=4),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("view", "p1", "c1", "2026-03-01", "q", "1", ""), "line 2: an unknown event: 'view'"),
        (("click", "", "c1", "2026-03-01", "q", "1", ""), "line 2: no product_id"),
        (("click", "p1", "c1", "yesterday", "q", "1", ""), "line 2: a time that is not ISO 8601"),
        (("click", "p1", "c1", "2026-03-01", "q", "0", ""), "line 2: a position below 1"),
        (("click", "p1", "c1", "2026-03-01", "q", "top", ""), "position that is no whole number"),
        (("click", "p1", "c1", "2026-03-01", "q", "1.5", ""), "position that is no whole number"),
        (("rating", "p1", "c1", "2026-03-01", "", "", "6"), "line 2: a rating that is not 1 to 5"),
        (("rating", "p1", "c1", "2026-03-01", "", "", ""), "line 2: a rating that is not 1 to 5"),
    ],
)
def test_a_broken_row_is_refused_with_its_line(
    row: tuple[str, ...], reason: str, tmp_path: Path
) -> None:
    with pytest.raises(JudgmentError, match=reason):
        read_events(write(tmp_path / "log.tsv", row))


def test_a_customer_is_never_named(tmp_path: Path) -> None:
    row = ("view", "p1", "jane@example.com", "2026-03-01", "q", "1", "")
    with pytest.raises(JudgmentError) as raised:
        read_events(write(tmp_path / "log.tsv", row))
    assert "jane" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("log.parquet", "", "is a .tsv, .csv or .jsonl file"),
        ("log.tsv", "event\tproduct_id\tcustomer\nclick\tp1\tc1\n", "line 2: there is no time"),
        ("log.jsonl", "click p1\n", "line 1: this is no JSON object"),
        ("log.jsonl", "[1]\n", "line 1: this is no JSON object"),
    ],
)
def test_a_file_that_is_no_log_is_refused(
    name: str, text: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(JudgmentError, match=reason):
        read_events(tmp_path / name)
    with pytest.raises(JudgmentError, match="No such file"):
        read_events(tmp_path / "none.tsv")
