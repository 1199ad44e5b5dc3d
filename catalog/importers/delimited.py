"""Records of CSV and TSV files, each with its line; a broken one costs no other."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.importers.item import readable_id
from catalog.importers.report import FeedError, Rejection
from catalog.importers.source import Source


@dataclass(frozen=True, slots=True)
class Record:
    """One row under the header."""

    line: int
    """Where it begins in the file, from 1."""
    cells: dict[str, str]
    """By the header's names, as they stand there."""


@dataclass(frozen=True, slots=True)
class _Broken:
    """A row whose quotes cannot be made out."""

    reason: str
    first: str
    """Its first cell, where that is whole."""


class DelimitedFile:
    """A file with a header, and values apart by `delimiter`, quoted as in RFC 4180."""

    def __init__(self, source: Source, delimiter: str) -> None:
        """
        Raises:
            FeedError: the header is broken.
        """
        self._lines = source.lines()
        self._pushed_back: deque[str] = deque()
        self._delimiter = delimiter
        self._line = 1
        self.columns: list[str] = self._read_header()

    def records(self, id_column: str = "") -> Iterator[Record | Rejection]:
        """Every row that is not blank, in order.

        Args:
            id_column: the header's name for the rows' ids, for what is rejected. A broken row says
                its id for sure only where that comes first: before what is broken.
        """
        id_first = id_column != "" and self.columns[0] == id_column
        while (row := self._next_row()) is not None:
            line, cells = row
            if isinstance(cells, _Broken):
                yield Rejection(line, cells.reason, cells.first if id_first else "")
                continue
            if not any(cell.strip() for cell in cells):
                continue
            while len(cells) > len(self.columns) and not cells[-1]:
                cells.pop()
            if len(cells) != len(self.columns):
                # Over several lines, a quote may have swallowed other rows. In a single cell, the
                # id may be only a part of it.
                sure = id_first and len(cells) > 1 and self._line == line + 1
                yield Rejection(
                    line,
                    f"{len(cells)} columns where the header has {len(self.columns)}: "
                    "put double quotes around a value that contains the separator",
                    readable_id(cells[0]) if sure else "",
                )
                continue
            named = dict(zip(self.columns, cells, strict=True))
            named.pop("", None)
            yield Record(line, named)

    def _read_header(self) -> list[str]:
        row = self._next_row()
        while row is not None and not isinstance(row[1], _Broken) and not any(row[1]):
            row = self._next_row()
        if row is None or isinstance(row[1], _Broken):
            raise FeedError("The first line is not a header with the columns' names.")
        columns = [name.strip() for name in row[1]]
        names = [name.casefold() for name in columns if name]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise FeedError(f"The header names a column twice: {', '.join(twice)}.")
        return columns

    def _next_row(self) -> tuple[int, list[str] | _Broken] | None:
        """The next row's line, and its cells or what is wrong with it."""
        taken: list[str] = []
        line = self._line
        try:
            cells = next(csv.reader(self._take(taken), delimiter=self._delimiter, strict=True))
        except StopIteration:
            return None
        except csv.Error as error:
            # A quote that is never closed swallows good rows: read on after its own line.
            self._pushed_back.extendleft(reversed(taken[1:]))
            self._line += 1
            return line, _Broken(_reason(error), _first_cell(taken[0], self._delimiter))
        self._line += len(taken)
        return line, cells

    def _take(self, taken: list[str]) -> Iterator[str]:
        while True:
            line = self._pushed_back.popleft() if self._pushed_back else next(self._lines, None)
            if line is None:
                return
            taken.append(line)
            yield line


def _first_cell(line: str, delimiter: str) -> str:
    """The first cell of a row with a broken quote; empty where it is the broken one."""
    cell = line.partition(delimiter)[0].strip()
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"'):
        cell = cell[1:-1]
    return "" if '"' in cell else readable_id(cell)


def _reason(error: csv.Error) -> str:
    if "field larger than" in str(error):
        return "a value is longer than 131,072 characters, or its double quote is never closed"
    if "unexpected end" in str(error):
        return 'a double quote is opened and never closed: write "" for a quote inside a value'
    return 'a quoted value goes on after its closing quote: write "" for a quote inside a value'
