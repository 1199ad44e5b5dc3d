"""Questions and answers in CSV: `question,answer`, and where known `category` and `url`."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from mdit_py_plugins.anchors.index import slugify

from catalog.models import Policy
from catalog.policy_errors import PolicyError

_REQUIRED = ("question", "answer")


@dataclass(frozen=True, slots=True)
class _Row:
    question: str
    answer: str
    category: str
    url: str


def read_table(file: Path, text: str) -> list[Policy]:
    """A page named as the file, or one for each category: each question a heading, its answer
    below, in Markdown. Rows of one answer are one passage, asked in several ways. A row's URL is
    the address that its answer names.

    Raises:
        PolicyError: a column is missing, or a row lacks its question or answer or is no CSV.
    """
    categories: dict[str, dict[tuple[str, str], list[str]]] = {}
    for row in _rows(file, text):
        answers = categories.setdefault(row.category, {})
        answers.setdefault((row.answer, row.url), []).append(row.question)
    if not categories:
        raise PolicyError(file, "no row under its header", 1)
    name = file.stem.replace("-", " ").replace("_", " ").strip()
    return [
        Policy(
            slug="-".join(filter(None, [slugify(name), slugify(category)])),
            title=category or name[:1].upper() + name[1:],
            body="\n\n".join(
                _passage(questions, answer, url) for (answer, url), questions in answers.items()
            ),
            url="",
        )
        for category, answers in categories.items()
    ]


def _rows(file: Path, text: str) -> Iterator[_Row]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        for name in _REQUIRED:
            if name not in header:
                raise PolicyError(file, f"the column {name} is missing", line)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) > len(header):
                    raise PolicyError(
                        file,
                        f"{len(cells)} cells under {len(header)} columns; put text with commas "
                        "in quotes",
                        line,
                    )
                yield _row(file, line, dict(zip(header, cells, strict=False)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise PolicyError(file, f"no CSV ({error})", line) from error


def _row(file: Path, line: int, cells: dict[str, str]) -> _Row:
    for name in _REQUIRED:
        if not cells.get(name, "").strip():
            raise PolicyError(file, f"no {name}", line)
    url = cells.get("url", "").strip()
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise PolicyError(file, f"{url!r} is no web address", line)
    return _Row(
        " ".join(cells["question"].split()),
        cells["answer"].strip(),
        " ".join(cells.get("category", "").split()),
        url,
    )


def _passage(questions: list[str], answer: str, url: str) -> str:
    first, *others = questions
    heading = f"[{_escaped(first)}](<{url}>)" if url else _escaped(first)
    # What would end the comment, or a question in it, says nothing in a question.
    asked = " | ".join(each.replace("|", "/").replace("--", "–") for each in others)
    comment = f"<!-- Asked: {asked} -->\n" if asked else ""
    return f"## {heading}\n{comment}\n{answer}"


def _escaped(question: str) -> str:
    """As the text of a Markdown heading."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#" else sign for sign in question)
