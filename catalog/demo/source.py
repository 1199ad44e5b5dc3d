"""Reads the demo shop's files into models."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.models import Customer, Order, OrderLine, OrderStatus, Policy, Product, Variant

_FOLDER = Path(__file__).parent
_CURRENCY = "USD"


def products() -> list[Product]:
    """Every product with its variants, in the order of the files."""
    return [
        _product(row, shelf)
        for file in sorted((_FOLDER / "products").glob("*.toml"))
        for shelf in [_toml(file)]
        for row in shelf["products"]
    ]


def pictures(products: Iterable[Product]) -> set[str]:
    """The file names, `<drawing>-<color>.svg`, that the products' variants point to."""
    return {
        variant.image.rpartition("/")[2] for product in products for variant in product.variants
    }


def policies() -> list[Policy]:
    """The help pages; the first heading of a file is its title, the file's name its slug."""
    pages = []
    for file in sorted((_FOLDER / "policies").glob("*.md")):
        title, _, body = file.read_text(encoding="utf-8").partition("\n")
        pages.append(Policy(slug=file.stem, title=title.removeprefix("# "), body=body.strip()))
    return pages


def customers() -> list[Customer]:
    return [
        Customer(id=row["id"], email=row["email"], name=row["name"])
        for row in _toml(_FOLDER / "orders.toml")["customers"]
    ]


def orders(products: Iterable[Product], now: datetime) -> list[Order]:
    """The customers' orders; days in the file count from `now`, and prices are the products'."""
    titles: dict[str, str] = {}
    prices: dict[str, Decimal] = {}
    for product in products:
        for variant in product.variants:
            titles[variant.id] = ", ".join(filter(None, (product.title, variant.color, variant.size)))
            assert variant.price is not None  # noqa: S101 - every demo product has a price
            prices[variant.id] = variant.price

    def order(row: dict[str, Any]) -> Order:
        lines = [
            OrderLine(
                position=position,
                variant_id=line["variant"],
                title=titles[line["variant"]],
                quantity=line["quantity"],
                unit_price=prices[line["variant"]],
            )
            for position, line in enumerate(row["lines"])
        ]
        shipping = Decimal(row["shipping"])
        tracking_number = row.get("tracking_number", "")
        carrier = row.get("carrier", "")
        return Order(
            number=row["number"],
            customer_id=row["customer"],
            status=OrderStatus(row["status"]),
            placed_at=_day(now, row["placed"]),
            expected_at=_day(now, row.get("expected")),
            delivered_at=_day(now, row.get("delivered")),
            currency=_CURRENCY,
            shipping=shipping,
            total=shipping + sum(line.quantity * line.unit_price for line in lines),
            carrier=carrier,
            tracking_number=tracking_number,
            tracking_url=row.get("tracking_url", ""),
            shipping_address=row["address"],
            lines=lines,
        )

    return [order(row) for row in _toml(_FOLDER / "orders.toml")["orders"]]


def _product(row: dict[str, Any], shelf: dict[str, Any]) -> Product:
    identifier = row["id"]
    product = Product(
        id=identifier,
        title=row["title"],
        description=row["description"],
        brand=row["brand"],
        category=shelf["category"],
        material=row.get("material", ""),
        gender=row.get("gender", ""),
        attributes=row["attributes"],
    )
    drawing = row.get("drawing", shelf["drawing"])
    sizes = row.get("sizes", shelf.get("sizes", []))
    for position, (color, size, stock) in enumerate(_options(row["stock"], sizes)):
        price = row["price"]
        variant_id = "-".join([identifier, *(_slug(option) for option in (color, size) if option)])
        product.variants.append(
            Variant(
                id=variant_id,
                position=position,
                color=color,
                size=size,
                price=Decimal(price[size] if isinstance(price, dict) else price),
                currency=_CURRENCY,
                stock=stock,
                url=f"/products/{identifier}?variant={variant_id}",
                image=f"/pictures/{drawing}-{_slug(color or row['tint'])}.svg",
            )
        )
    if len(product.variants) == 1:
        # A product without a choice is its own variant, as in a flat feed.
        only = product.variants[0]
        only.id = identifier
        only.url = f"/products/{identifier}"
    product.images = list(dict.fromkeys(variant.image for variant in product.variants))
    return product


def _options(stock: Any, sizes: list[str]) -> Iterator[tuple[str, str, int | None]]:
    """Colour, size and units of each variant; `?` in the file is a stock nobody counted."""
    by_color = stock if isinstance(stock, dict) else {"": stock}
    for color, units in by_color.items():
        by_size = zip(sizes, units, strict=True) if sizes else [("", units)]
        for size, count in by_size:
            yield color, size, None if count == "?" else count


def _day(now: datetime, days: float | None) -> datetime | None:
    return None if days is None else now + timedelta(days=days)


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")


def _toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
