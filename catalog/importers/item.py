"""One row of any feed: a thing that can be bought, and what the feed says of its product."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import String

from catalog.importers.report import Rejection
from catalog.importers.values import (
    RowError,
    category_path,
    one_line,
    parse_price,
    parse_stock,
    plain_text,
)
from catalog.models import Product, Variant

COLUMNS = [
    "id",
    "title",
    "description",
    "brand",
    "category",
    "color",
    "size",
    "material",
    "gender",
    "price",
    "currency",
    "stock",
    "url",
    "image",
    "group_id",
]
"""What Aisle knows. Any other column of a feed is an attribute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A variant as the feed states it, checked: every value fits the database."""

    line: int
    id: str
    group_id: str
    """The product's id: the feed's own group, or else the variant's id."""
    title: str
    description: str = ""
    brand: str = ""
    category: str = ""
    color: str = ""
    size: str = ""
    material: str = ""
    gender: str = ""
    price: Decimal | None = None
    currency: str = ""
    stock: int | None = None
    available: bool | None = None
    url: str = ""
    image: str = ""
    images: tuple[str, ...] = ()
    """Every picture of the product that this row names, the row's own first."""
    attributes: dict[str, str] = field(default_factory=dict)
    """What the row says beyond the columns, as name and value."""
    options: dict[str, str] = field(default_factory=dict)
    """Attributes that tell this variant from the product's others."""


def read_item(
    line: int,
    values: Mapping[str, str],
    *,
    images: tuple[str, ...] = (),
    attributes: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
    available: bool | None = None,
) -> FeedItem | Rejection:
    """Check one row. `values` has the names in `COLUMNS`; what is missing is empty."""
    attributes, options = attributes or {}, options or {}
    try:
        for name, value in (*values.items(), *attributes.items(), *options.items()):
            _check_characters(name, value)
        price, currency = parse_price(values.get("price", ""), values.get("currency", ""))
        image = values.get("image", "").strip()
        item = FeedItem(
            line=line,
            id=_required(values, "id").strip(),
            group_id=values.get("group_id", "").strip() or values["id"].strip(),
            title=one_line(_required(values, "title")),
            description=plain_text(values.get("description", "")),
            brand=one_line(values.get("brand", "")),
            category=category_path(values.get("category", "")),
            color=one_line(values.get("color", "")),
            size=one_line(values.get("size", "")),
            material=one_line(values.get("material", "")),
            gender=one_line(values.get("gender", "")),
            price=price,
            currency=currency,
            stock=parse_stock(values.get("stock", "")),
            available=available,
            url=values.get("url", "").strip(),
            image=image,
            images=tuple(dict.fromkeys(filter(None, (image, *images)))),
            attributes=_stated(attributes),
            options=_stated(options),
        )
        _check_ids(item)
        _check_lengths(item)
    except RowError as error:
        return Rejection(line, str(error), readable_id(values.get("id", "")))
    return item


def readable_id(text: str) -> str:
    """A rejected row's id as the database may have it; empty where a damaged one hides it."""
    text = text.strip()
    return text if text.isprintable() else ""  # lone surrogates are not printable


def _required(values: Mapping[str, str], name: str) -> str:
    if not one_line(value := values.get(name, "")):
        raise RowError(f"{name} is empty: every row needs one")
    return value


def _stated(attributes: Mapping[str, str] | None) -> dict[str, str]:
    """Attributes with a value, as plain text."""
    stated = ((one_line(name), plain_text(value)) for name, value in (attributes or {}).items())
    return {name: value for name, value in stated if name and value}


def _check_characters(name: str, value: str) -> None:
    if "\0" in value:
        raise RowError(f"{name} contains a NUL character: remove it")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise RowError(f"{name} is not UTF-8 text: save the file as UTF-8") from None


def _check_ids(item: FeedItem) -> None:
    for name in ("id", "group_id"):
        if not getattr(item, name).isprintable():
            raise RowError(f"{name} contains a line end, tab or other invisible character")


def _check_lengths(item: FeedItem) -> None:
    for name, limit in _LIMITS.items():
        if (length := len(getattr(item, name))) > limit:
            raise RowError(f"{name} has {length:,} characters: shorten it to {limit}")


# The longest text that fits each column of the database.
_LIMITS = {
    column.key: column.type.length
    for table in (Product.__table__, Variant.__table__)
    for column in table.columns
    if column.key in COLUMNS and isinstance(column.type, String) and column.type.length
}
_LIMITS["group_id"] = _LIMITS["id"]
