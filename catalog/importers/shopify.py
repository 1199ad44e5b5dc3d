"""Shopify's product export, in the columns of before and after 2024.

https://help.shopify.com/en/manual/products/import-export/using-csv describes them. The export knows
no ids: a product's is its handle, a variant's is the handle and its options.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalog.importers.delimited import DelimitedFile, Record
from catalog.importers.item import FeedItem, read_item
from catalog.importers.report import FeedError, Rejection
from catalog.importers.source import Source

# The newer templates' names, by the older ones'.
_OLDER_NAMES = {
    "url handle": "handle",
    "description": "body (html)",
    "published on online store": "published",
    "sku": "variant sku",
    "barcode": "variant barcode",
    "price": "variant price",
    "inventory tracker": "variant inventory tracker",
    "inventory quantity": "variant inventory qty",
    "product image url": "image src",
    "variant image url": "variant image",
}
_METAFIELD = re.compile(r"(.+) \(product\.metafields\..+\)")
_NO_OPTION = ("Title", "Default Title")
_COLUMN_OF_OPTION = {"color": "color", "colour": "color", "size": "size", "material": "material"}


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Mapping[str, str]
    """By the older names, in lower case."""

    def get(self, name: str) -> str:
        return self.cells.get(name, "").strip()

    @property
    def is_variant(self) -> bool:
        """Whether it is more than one more picture."""
        return any(self.get(name) for name in ("title", "option1 value", "variant price"))


def read_shopify(source: Source) -> Iterator[FeedItem | Rejection]:
    """Each product's rows stand together; only its first row tells about the product."""
    file = DelimitedFile(source, ",")
    if missing := {"handle", "title"} - {shopify_name(name) for name in file.columns}:
        raise FeedError(f"The header of a Shopify export has no column {', '.join(missing)}.")
    rows: list[_Row] = []
    for record in file.records():
        if isinstance(record, Rejection):
            yield record
            continue
        row = _row(record)
        if not row.get("handle"):
            yield Rejection(row.line, "handle is empty: every row needs its product's")
            continue
        if rows and row.get("handle") != rows[0].get("handle"):
            yield from _items(rows)
            rows = []
        rows.append(row)
    if rows:
        yield from _items(rows)


def shopify_name(column: str) -> str:
    """A column's older name, in lower case."""
    name = " ".join(column.casefold().split())
    return _OLDER_NAMES.get(name, name)


def shopify_variant_id(handle: str, options: Iterable[tuple[str, str]]) -> str:
    """The catalogue's id of a variant with these options, by name and value."""
    return ":".join([handle, *(_slug(option[1]) for option in options if option != _NO_OPTION)])


def _row(record: Record) -> _Row:
    return _Row(record.line, {shopify_name(name): cell for name, cell in record.cells.items()})


def _items(rows: list[_Row]) -> Iterator[FeedItem | Rejection]:
    """A product's variants."""
    product = rows[0]
    status = product.get("status").casefold() or "active"
    published = product.get("published").casefold() != "false"
    pictures = tuple(dict.fromkeys(filter(None, (row.get("image src") for row in rows))))
    for row in rows:
        if not row.is_variant:
            continue
        if status != "active":
            yield Rejection(
                row.line, f"status is {status}: only active products are sold", withdrawn=True
            )
        elif not published:
            reason = "the product is not published in the online store"
            yield Rejection(row.line, reason, withdrawn=True)
        else:
            yield _item(product, row, pictures)


def _item(product: _Row, row: _Row, pictures: tuple[str, ...]) -> FeedItem | Rejection:
    options = _options(product, row)
    handle = product.get("handle")
    values = {
        "id": shopify_variant_id(handle, options.items()),
        "group_id": handle,
        "title": product.get("title"),
        "description": product.get("body (html)"),
        "brand": product.get("vendor"),
        "category": product.get("product category") or product.get("type"),
        "price": row.get("variant price"),
        "stock": _stock(row),
        "image": row.get("variant image") or (pictures[0] if pictures else ""),
    }
    others = {}
    for name, value in options.items():
        if column := _COLUMN_OF_OPTION.get(name.casefold()):
            values[column] = value
        else:
            others[name] = value
    others |= {"sku": row.get("variant sku"), "barcode": row.get("variant barcode")}
    attributes = {"type": product.get("type"), "tags": product.get("tags")}
    for name in product.cells:
        if metafield := _METAFIELD.fullmatch(name):
            attributes[metafield[1]] = product.get(name)
    tracked = row.get("variant inventory tracker") or "variant inventory tracker" not in row.cells
    return read_item(
        row.line,
        values,
        images=pictures,
        attributes=attributes,
        options=others,
        available=None if tracked else True,
    )


def _options(product: _Row, row: _Row) -> dict[str, str]:
    """By name. A product without options has one that Shopify calls Title."""
    options = {}
    for number in (1, 2, 3):
        name = product.get(f"option{number} name")
        value = row.get(f"option{number} value")
        if name and value and (name, value) != _NO_OPTION:
            options[name] = value
    return options


def _stock(row: _Row) -> str:
    """Empty where Shopify does not count it."""
    tracker = "variant inventory tracker"
    if tracker in row.cells and not row.get(tracker):
        return ""
    quantity = row.get("variant inventory qty")
    return "0" if quantity.startswith("-") else quantity  # oversold


def _slug(text: str) -> str:
    return re.sub(r"[^\w.+]+", "-", text.casefold()).strip("-") or "-"
