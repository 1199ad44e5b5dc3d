"""JSON Lines: one object a line, with the keys that CSV has as columns."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from catalog.importers.item import COLUMNS, FeedItem, read_item, readable_id
from catalog.importers.report import Rejection
from catalog.importers.source import Source
from catalog.importers.values import RowError
from catalog.types import MONEY_PLACES


def read_jsonl(source: Source) -> Iterator[FeedItem | Rejection]:
    """Objects with `id` and `title`. `images` may list pictures, `attributes` hold more of them."""
    for number, line in enumerate(source.lines(), start=1):
        if line.strip():
            yield _read_line(number, line)


def _read_line(number: int, line: str) -> FeedItem | Rejection:
    try:
        record = json.loads(line, parse_float=Decimal, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        return Rejection(number, f"not JSON: {error.msg} at character {error.pos + 1}")
    except (RecursionError, ValueError) as error:  # a number too long to be one is a ValueError
        return Rejection(number, f"not JSON that can be read: {error}")
    if not isinstance(record, dict):
        return Rejection(number, "not an object: write one {…} a line")
    try:
        images = record.pop("images", None) or []
        if not isinstance(images, list):
            raise RowError("images is not a list")
        attributes = record.pop("attributes", None) or {}
        if not isinstance(attributes, dict):
            raise RowError("attributes is not an object of names and values")
        values = {name: _text(name, value) for name, value in record.items()}
        more = {name: _text(name, value) for name, value in attributes.items()}
        pictures = tuple(_text("images", image).strip() for image in images)
    except RowError as error:
        return Rejection(number, str(error), _id(record))
    return read_item(
        number,
        {name: value for name, value in values.items() if name in COLUMNS},
        images=pictures,
        attributes={name: value for name, value in values.items() if name not in COLUMNS} | more,
    )


def _id(record: dict[str, Any]) -> str:
    try:
        return readable_id(_text("id", record.get("id")))
    except RowError:
        return ""


def _text(name: str, value: Any) -> str:
    """A JSON value as it would stand in a CSV cell."""
    match value:
        case None:
            return ""
        case bool():
            if name in COLUMNS:
                raise RowError(f"{name} is {str(value).lower()}: write a text or a number")
            return "yes" if value else "no"
        case Decimal():
            # Its point is decimal for sure: 1.299 is no thousand.
            exponent = value.as_tuple().exponent
            if isinstance(exponent, int) and exponent > -MONEY_PLACES and value.adjusted() < 20:
                return f"{value:.{MONEY_PLACES}f}"
            return str(value)
        case str() | int():
            return str(value)
        case list():
            separator = " > " if name == "category" else ", "
            return separator.join(_text(name, each) for each in value)
    raise RowError(f"{name} is an object: only attributes may be one")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")
