from pathlib import Path

import pytest

from catalog.importers import FeedError
from catalog.importers.detection import detect_format
from catalog.importers.source import open_source


@pytest.mark.parametrize(
    ("name", "head", "format"),
    [
        ("feed.csv", "id,title,price\n", "csv"),
        ("feed.csv", "id;title;price\n", "csv"),
        ("feed.csv", "id\ttitle\tprice\n", "tsv"),
        ("feed.tsv", "id\ttitle\n", "tsv"),
        ("feed.txt", "id\ttitle\tavailability\timage_link\n", "merchant"),
        ("feed.tsv", "id\ttitle\tImage link\tItem group ID\n", "merchant"),
        ("feed.csv", "id,title,image,availability\n", "csv"),
        ("feed.csv", '"Handle","Title","Body (HTML)"\n', "shopify"),
        ("feed.csv", "Title,URL handle,Description\n", "shopify"),
        ("feed.csv", "\ufeffHandle,Title,Variant Price\r\n", "shopify"),
        ("feed.csv", "id,title,handle\n", "csv"),
        ("feed.csv", "Handle,Title,Vendor\n", "csv"),
        ("feed.csv", "ID,Handle,Title,Variant SKU\n", "csv"),
        ("feed", '{"id": "t", "title": "Tent"}\n', "jsonl"),
        ("feed.jsonl", "broken\n", "jsonl"),
        ("feed.xml", "<?xml version='1.0'?><rss/>", "merchant"),
        ("feed", "\ufeff\n<rss/>", "merchant"),
    ],
)
def test_a_feeds_kind_is_told_from_its_beginning(
    tmp_path: Path, name: str, head: str, format: str
) -> None:
    path = tmp_path / name
    path.write_text(head, encoding="utf-8", newline="")
    with open_source(path) as source:
        assert detect_format(source) == format


def test_a_json_array_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text('[{"id": "t"}]')
    with open_source(path) as source, pytest.raises(FeedError, match="one object a line"):
        detect_format(source)
