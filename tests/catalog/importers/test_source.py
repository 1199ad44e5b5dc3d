from pathlib import Path

import pytest

from catalog.importers import FeedError
from catalog.importers.source import open_source


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        ("id,title\nt,Tent\n".encode("utf-16"), "UTF-16: save it as UTF-8"),
        (b"PK\x03\x04\x00\x00", "not a text file"),
        ("id,title\nt,Größe\n".encode("latin-1"), r"not in UTF-8 \(see line 2\)"),
        ("id,title\nt,帐篷\n".encode("gb18030"), r"not in UTF-8 \(see line 2\)"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "feed.csv"
    path.write_bytes(content)
    with pytest.raises(FeedError, match=reason), open_source(path):
        pass


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(FeedError, match=r"no file .*nothing\.csv"),
        open_source(tmp_path / "nothing.csv"),
    ):
        pass


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="is a folder"), open_source(tmp_path):
        pass


def test_a_character_cut_by_the_first_read_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    text = "x" + "é" * 40_000  # every é begins on an odd byte, the 65,536th cuts one
    path.write_text(text, encoding="utf-8")
    with open_source(path) as source:
        assert "".join(source.lines()) == text
        assert source.position == source.size


def test_one_bad_byte_in_a_utf8_file_stays_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_bytes("Größe\n".encode() + b"Gr\xf6\xdfe\n")
    with open_source(path) as source:
        assert list(source.lines()) == ["Größe\n", "Gr\udcf6\udcdfe\n"]
