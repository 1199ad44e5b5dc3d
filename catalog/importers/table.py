"""CSV and TSV with Aisle's own columns."""

from collections.abc import Iterator

from catalog.importers.delimited import DelimitedFile
from catalog.importers.item import COLUMNS, FeedItem, read_item
from catalog.importers.report import FeedError, Rejection
from catalog.importers.source import Source


def read_csv(source: Source) -> Iterator[FeedItem | Rejection]:
    """Comma-separated, or semicolon-separated as spreadsheets write where the comma is decimal."""
    header = source.header
    yield from _read(DelimitedFile(source, ";" if header.count(";") > header.count(",") else ","))


def read_tsv(source: Source) -> Iterator[FeedItem | Rejection]:
    """Tab-separated, with values quoted as in CSV where they contain a tab or a line end."""
    yield from _read(DelimitedFile(source, "\t"))


def column_name(text: str) -> str:
    """`Group ID` as `group_id`."""
    return "_".join(text.casefold().split())


def _read(file: DelimitedFile) -> Iterator[FeedItem | Rejection]:
    known = {name: column_name(name) for name in file.columns if column_name(name) in COLUMNS}
    if missing := [name for name in ("id", "title") if name not in known.values()]:
        raise FeedError(
            f"The header has no column {' and no column '.join(missing)}; "
            f"it has: {', '.join(filter(None, file.columns))}."
        )
    id_column = next(name for name, column in known.items() if column == "id")
    for record in file.records(id_column):
        if isinstance(record, Rejection):
            yield record
            continue
        yield read_item(
            record.line,
            {column: record.cells[name] for name, column in known.items()},
            attributes={name: value for name, value in record.cells.items() if name not in known},
        )
