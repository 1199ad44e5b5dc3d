"""A feed as a file: checked, opened, and how far it has been read."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from catalog.importers.report import FeedError

_HEAD = 64 * 1024
_NOT_UTF8 = re.compile("[\ud800-\udfff]")
_BEYOND_ASCII = re.compile("[^\\x00-\\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Source:
    """An open feed."""

    path: Path
    file: BinaryIO
    size: int
    """In bytes."""
    head: str
    """The first lines, to tell formats apart."""

    @property
    def header(self) -> str:
        """The first line that is not blank."""
        return self.head.lstrip().partition("\n")[0].rstrip("\r")

    @property
    def position(self) -> int:
        """Bytes read so far, a little ahead of the rows."""
        return self.size if self.file.closed else self.file.tell()

    def lines(self) -> Iterator[str]:
        """The feed as UTF-8 text, with its line ends as they are.

        A byte that is not UTF-8 becomes a lone surrogate, so that it costs its row and no more.
        """
        self.file.seek(0)
        with TextIOWrapper(
            self.file, encoding="utf-8-sig", errors="surrogateescape", newline=""
        ) as text:
            yield from text


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a feed.

    Raises:
        FeedError: there is no such file, or it is empty, a folder, not text, or not in UTF-8.
    """
    if path.is_dir():
        raise FeedError(f"{path} is a folder: name the file in it.")
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise FeedError(f"There is no file {path}.") from None
    except OSError as error:
        raise FeedError(f"{path} cannot be read: {error.strerror}.") from None
    with file:
        head = file.read(_HEAD)
        yield Source(path, file, path.stat().st_size, _decode(path, head))


def _decode(path: Path, head: bytes) -> str:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start:
        raise FeedError(f"{path} is empty.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FeedError(f"{path} is in UTF-16: save it as UTF-8.")
    if b"\0" in head:
        raise FeedError(f"{path} is not a text file: export the products as CSV, for example.")
    if start.startswith(b"<"):
        return start.decode("latin-1")  # XML says its own encoding
    # The last character may be cut in two.
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape")
    text = decoder.decode(head)
    foreign = _NOT_UTF8.search(text)
    # A bad byte among good ones is its row's fault. None good: the file is in another encoding.
    if foreign and not _BEYOND_ASCII.search(text):
        line = 1 + text.count("\n", 0, foreign.start())
        raise FeedError(f"{path} is not in UTF-8 (see line {line}): save it as UTF-8.")
    return text
