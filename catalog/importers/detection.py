"""Tells what kind of feed a file is."""

from catalog.importers.merchant import merchant_name
from catalog.importers.report import FeedError
from catalog.importers.shopify import shopify_name
from catalog.importers.source import Source
from catalog.importers.table import column_name

_MERCHANT_ONLY = frozenset(
    [
        "image_link",
        "item_group_id",
        "google_product_category",
        "availability",
        "additional_image_link",
    ]
)
# `title` and `handle` alone may be any shop's own table.
_SHOPIFY_ONLY = frozenset(
    [
        "body (html)",
        "option1 name",
        "variant price",
        "variant sku",
        "url handle",
        "product image url",
    ]
)


def detect_format(source: Source) -> str:
    """The format's name, from the first bytes; what they leave open, from the file's name.

    Raises:
        FeedError: a JSON array, which is not JSON Lines.
    """
    start = source.head.lstrip()
    if start.startswith("<"):
        return "merchant"
    if start.startswith("{") or source.path.suffix.casefold() in (".jsonl", ".ndjson"):
        return "jsonl"
    if start.startswith("["):
        raise FeedError(f"{source.path} is one JSON array: write one object a line, without […].")
    delimiter = "\t" if "\t" in source.header else ","
    columns = [name.strip().strip('"') for name in source.header.split(delimiter)]
    if _is_shopify(columns):
        return "shopify"
    if len(_MERCHANT_ONLY & {merchant_name(name) for name in columns}) >= 2:
        return "merchant"
    return "tsv" if delimiter == "\t" else "csv"


def _is_shopify(columns: list[str]) -> bool:
    """Whether Shopify alone exports such a header. It knows no ids: an `id` is the shop's own."""
    return (
        {"handle", "title"} <= {shopify_name(name) for name in columns}
        and not _SHOPIFY_ONLY.isdisjoint(name.strip().casefold() for name in columns)
        and "id" not in map(column_name, columns)
    )
