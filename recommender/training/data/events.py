"""A shop's behaviour log: what was shown for a search, and what customers did with it.

One row an event, as TSV, CSV or JSON lines: `event product_id customer time`, and where there is
one `query`, `position` and `rating`. Other columns are not read.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from recommender.training.data.judgments import JudgmentError

_REQUIRED = ("event", "product_id", "customer", "time")
_OPTIONAL = ("query", "position", "rating")
LOWEST_RATING, HIGHEST_RATING = 1, 5


class EventKind(StrEnum):
    """In the order in which they follow each other."""

    IMPRESSION = "impression"
    CLICK = "click"
    CART = "cart"
    PURCHASE = "purchase"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Event:
    kind: EventKind
    product_id: str
    customer: str
    """Any name for a person or a session; it is compared and never shown."""
    time: datetime
    query: str = ""
    """What was searched for, in lower case; "" where nothing was."""
    position: int | None = None
    """In the list that was shown, from 1; None where the log does not say."""
    rating: int | None = None
    """1 to 5 stars, of a rating."""


class EventError(ValueError):
    """What is wrong with one row."""

    def __init__(self, what: str, value: str, do: str) -> None:
        super().__init__(f"{what}: {value!r}. {do}")
        self.what = what
        self.value = value
        self.do = do


def read_events(path: Path) -> list[Event]:
    """Every event, in the order of time.

    Raises:
        JudgmentError: the file or a row can't be read; says which line and why.
    """
    events = []
    for line, row in event_rows(path):
        try:
            events.append(event_of(row))
        except EventError as fault:
            raise JudgmentError(
                f"{path}, line {line}: {fault} `aisle validate --behaviour` names all such lines."
            ) from fault
    return in_order(events)


def in_order(events: Iterable[Event]) -> list[Event]:
    """By time; of the same second, what can only follow stands after."""
    kinds = list(EventKind)
    return sorted(events, key=lambda event: (event.time, kinds.index(event.kind)))


def event_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a log, each with its line and a value, maybe empty, for every column.

    Raises:
        JudgmentError: the file can't be read, or lacks a column.
    """
    read = {".tsv": _tsv, ".csv": _csv, ".jsonl": _json_lines}.get(path.suffix.lower())
    if read is None:
        raise JudgmentError(f"{path}: a behaviour log is a .tsv, .csv or .jsonl file.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line, row in read(file):
                missing = [name for name in _REQUIRED if name not in row]
                if missing:
                    raise JudgmentError(
                        f"{path}, line {line}: there is no {missing[0]}. An event has "
                        f"{', '.join(_REQUIRED)}, and may have {', '.join(_OPTIONAL)}."
                    )
                names = (*_REQUIRED, *_OPTIONAL)
                yield line, {name: _text(row.get(name)) for name in names}
    except OSError as error:
        raise JudgmentError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise JudgmentError(f"{path} is not UTF-8. Save it as UTF-8.") from error
    except csv.Error as error:
        raise JudgmentError(f"{path} cannot be read: {error}") from error


def event_of(row: Mapping[str, str]) -> Event:
    """The event of a row.

    Raises:
        EventError: a value is missing or out of its range.
    """
    for name in _REQUIRED:
        if not row[name]:
            raise EventError(f"no {name}", "", "Fill it in, or take the row out.")
    kinds = ", ".join(EventKind)
    try:
        kind = EventKind(row["event"])
    except ValueError:
        raise EventError("an unknown event", row["event"], f"Give one of {kinds}.") from None
    rating = _whole(row["rating"], "a rating that is no whole number", "Give 1 to 5 stars.")
    if kind is EventKind.RATING and not LOWEST_RATING <= (rating or 0) <= HIGHEST_RATING:
        raise EventError("a rating that is not 1 to 5", row["rating"], "Give 1 to 5 stars.")
    count = "Count the places of a list from 1."
    position = _whole(row["position"], "a position that is no whole number", count)
    if position is not None and position < 1:
        raise EventError("a position below 1", row["position"], count)
    return Event(
        kind=kind,
        product_id=row["product_id"],
        customer=row["customer"],
        time=_time(row["time"]),
        query=" ".join(row["query"].lower().split()),
        position=position,
        rating=rating,
    )


def _tsv(file: TextIO) -> Iterator[tuple[int, Mapping[str, Any]]]:
    # Quotes are characters like any other: search queries are full of inches.
    table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return ((table.line_num, row) for row in table)


def _csv(file: TextIO) -> Iterator[tuple[int, Mapping[str, Any]]]:
    table = csv.DictReader(file)
    return ((table.line_num, row) for row in table)


def _json_lines(file: TextIO) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, text in enumerate(file, start=1):
        if text.strip():
            try:
                row = json.loads(text)
            except ValueError:
                row = None
            if not isinstance(row, dict):
                raise JudgmentError(f"{file.name}, line {line}: this is no JSON object.")
            yield line, row


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _whole(value: str, what: str, do: str) -> int | None:
    """Also of 3.0, as a table with gaps in a column writes it."""
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        raise EventError(what, value, do) from None
    if not number.is_integer():
        raise EventError(what, value, do)
    return int(number)


def _time(value: str) -> datetime:
    """A time without a zone is UTC."""
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        do = "Write it as 2026-11-26T19:30:00Z."
        raise EventError("a time that is not ISO 8601", value, do) from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
