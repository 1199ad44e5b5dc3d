"""Google Merchant product feeds: tab-separated, RSS 2.0 and Atom.

https://support.google.com/merchants/answer/7052112 describes the attributes.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from catalog.importers.delimited import DelimitedFile
from catalog.importers.item import FeedItem, read_item, readable_id
from catalog.importers.report import FeedError, Rejection
from catalog.importers.source import Source
from catalog.importers.values import RowError, parse_price
from catalog.importers.xml_items import XmlItem, read_xml

_COLUMNS = {
    "id": "id",
    "item_group_id": "group_id",
    "title": "title",
    "description": "description",
    "brand": "brand",
    "color": "color",
    "size": "size",
    "material": "material",
    "gender": "gender",
    "quantity": "stock",
    "link": "url",
    "image_link": "image",
}
_AVAILABLE = {
    "in_stock": True,
    "in stock": True,
    "out_of_stock": False,
    "out of stock": False,
    # Both can be ordered, and neither is there.
    "preorder": False,
    "backorder": False,
}
# Read on their own above, or about selling and advertising rather than the product.
_NOT_ATTRIBUTES = re.compile(
    r"(price|sale_price|availability|product_type|google_product_category|product_detail"
    r"|additional_image_link|summary|content|updated|published|author|guid|pubDate"
    r"|identifier_exists|adult|ads_.*|shipping.*|tax.*|custom_label.*|promotion.*|mobile_link"
    r"|canonical_link|link_template|(ex|in)cluded_destination|pause|expiration_date"
    r"|availability_date|sale_price_effective_date|cost_of_goods_sold|unit_pricing.*|installment"
    r"|subscription.*|loyalty.*|(min|max)_.*_time|transit.*|return.*|external_seller_id)"
)


def read_merchant(source: Source) -> Iterator[FeedItem | Rejection]:
    """A Merchant feed in any of its formats."""
    now = datetime.now(UTC)
    if source.head.lstrip().startswith("<"):
        for item in read_xml(source):
            details = {
                detail["attribute_name"]: detail.get("attribute_value", "")
                for detail in item.details
                if "attribute_name" in detail
            }
            yield _item(item, details, now)
        return
    file = DelimitedFile(source, "\t" if "\t" in source.header else ",")
    names = {name: merchant_name(name) for name in file.columns}
    if missing := [name for name in ("id", "title") if name not in names.values()]:
        raise FeedError(f"The header has no column {' and no column '.join(missing)}.")
    id_column = next(name for name, ours in names.items() if ours == "id")
    for record in file.records(id_column):
        if isinstance(record, Rejection):
            yield record
            continue
        cells = {names[name]: cell for name, cell in record.cells.items() if cell.strip()}
        fields = {name: [cell] for name, cell in cells.items()}
        fields["additional_image_link"] = cells.get("additional_image_link", "").split(",")
        yield _item(XmlItem(record.line, fields), _details(cells.get("product_detail", "")), now)


def merchant_name(column: str) -> str:
    """`Image link` and `g:image_link` as `image_link`."""
    return "_".join(column.casefold().removeprefix("g:").split())


def _item(item: XmlItem, details: dict[str, str], now: datetime) -> FeedItem | Rejection:
    fields = item.fields
    first = {name: texts[0] for name, texts in fields.items() if texts}
    values = {ours: first[theirs] for theirs, ours in _COLUMNS.items() if theirs in first}
    values.setdefault("description", first.get("summary") or first.get("content", ""))
    values["category"] = first.get("product_type") or first.get("google_product_category", "")
    if values["category"].strip().isdigit():
        values["category"] = ""  # a number in Google's taxonomy, which customers never see
    try:
        values["price"] = _current_price(first, now)
    except RowError as error:
        return Rejection(item.line, str(error), readable_id(first.get("id", "")))
    availability = first.get("availability", "").strip().casefold()
    if availability and availability not in _AVAILABLE:
        return Rejection(
            item.line,
            f"availability “{availability[:40]}” is none of in_stock, out_of_stock, preorder, "
            "backorder",
            readable_id(first.get("id", "")),
        )
    attributes = {
        name.replace("_", " "): "\n".join(texts)
        for name, texts in fields.items()
        if name not in _COLUMNS and not _NOT_ATTRIBUTES.fullmatch(name)
    }
    if availability in ("preorder", "backorder"):
        attributes["availability"] = availability
    return read_item(
        item.line,
        values,
        images=tuple(url.strip() for url in fields.get("additional_image_link", ())),
        attributes=attributes | details,
        available=_AVAILABLE.get(availability),
    )


def _current_price(first: Mapping[str, str], now: datetime) -> str:
    """The regular price, or the sale's while it runs."""
    regular, sale = first.get("price", ""), first.get("sale_price", "")
    if not sale.strip() or not _runs(first.get("sale_price_effective_date", ""), now):
        return regular
    reduced = parse_price(sale)[0] or Decimal(0)
    usual = parse_price(regular)[0]
    return sale if usual is None or reduced < usual else regular


def _runs(interval: str, now: datetime) -> bool:
    """Whether `now` is in an ISO 8601 interval; none at all is always."""
    if not interval.strip():
        return True
    try:
        start, end = (_instant(text) for text in interval.split("/"))
    except ValueError:
        return False
    return start <= now <= end


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text.strip())
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _details(cell: str) -> dict[str, str]:
    """`Section:Name:Value,Section:Name:Value` as names and values."""
    parts = (detail.split(":", 2) for detail in cell.split(","))
    return {part[1].strip(): part[2].strip() for part in parts if len(part) == 3}
