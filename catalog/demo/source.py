"""Reads the demo shop's files into models."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import tomllib

from catalog.models import (
    Customer,
    Order,
    OrderLine,
    OrderRefund,
    OrderReturn,
    OrderReturnLine,
    OrderStatus,
    Product,
    RefundStatus,
    ReturnCondition,
    ReturnReason,
    ReturnStatus,
    Variant,
)

_FOLDER = Path(__file__).parent
VOUCHERS = Path(__file__).parent / "vouchers.toml"
POLICIES = _FOLDER / "policies"
CURRENCY = "USD"

_Table: TypeAlias = dict[str, Any]


def products() -> list[Product]:
    """Every product with its variants, in the order of the files."""
    return [_product(row, shelf) for row, shelf in _rows()]


def pictures() -> set[str]:
    """The file names, `<drawing>-<color>.svg`, that the products' variants point to."""
    return {
        _picture(row, shelf, color)
        for row, shelf in _rows()
        for color, _size, _units in _options(row, shelf)
    }


def customers() -> list[Customer]:
    return [
        Customer(id=row["id"], email=row["email"], name=row["name"])
        for row in _toml(_FOLDER / "orders.toml")["customers"]
    ]


def orders(products: Iterable[Product], now: datetime) -> list[Order]:
    """The customers' orders; days in the file count from `now`, and prices are the products'."""
    variants = {
        variant.id: (product, variant) for product in products for variant in product.variants
    }
    return [_order(row, variants, now) for row in _toml(_FOLDER / "orders.toml")["orders"]]


def order_numbers() -> list[str]:
    return [row["number"] for row in _toml(_FOLDER / "orders.toml")["orders"]]


def returns(now: datetime) -> list[OrderReturn]:
    """What customers want to send back, or have."""
    rows = _toml(_FOLDER / "orders.toml")["orders"]
    return [_return(row["number"], row["returned"], now) for row in rows if "returned" in row]


def refunds(orders: Iterable[Order], now: datetime) -> list[OrderRefund]:
    """The money that went back for these orders, all of it."""
    totals = {order.number: order.total for order in orders}
    rows = _toml(_FOLDER / "orders.toml")["orders"]
    return [
        _refund(row["number"], totals[row["number"]], row["refunded"], now)
        for row in rows
        if "refunded" in row and row["number"] in totals
    ]


def _rows() -> Iterator[tuple[_Table, _Table]]:
    """Each product's table, and that of its shelf."""
    for file in sorted((_FOLDER / "products").glob("*.toml")):
        shelf = _toml(file)
        for row in shelf["products"]:
            yield row, shelf


def _product(row: _Table, shelf: _Table) -> Product:
    product = Product(
        id=row["id"],
        title=row["title"],
        description=row["description"],
        brand=row["brand"],
        category=shelf["category"],
        material=row.get("material", ""),
        gender=row.get("gender", ""),
        attributes=row["attributes"],
    )
    options = list(_options(row, shelf))
    for position, (color, size, units) in enumerate(options):
        # A product without a choice is its own variant, as in a flat feed.
        chosen = [_slug(option) for option in (color, size) if option and len(options) > 1]
        variant_id = "-".join([product.id, *chosen])
        price = row["price"]
        product.variants.append(
            Variant(
                id=variant_id,
                position=position,
                color=color,
                size=size,
                price=Decimal(price[size] if isinstance(price, dict) else price),
                currency=CURRENCY,
                stock=units,
                url=f"/products/{product.id}?variant={variant_id}",
                image=f"/pictures/{_picture(row, shelf, color)}",
            )
        )
    product.images = list(dict.fromkeys(variant.image for variant in product.variants))
    return product


def _options(row: _Table, shelf: _Table) -> Iterator[tuple[str, str, int | None]]:
    """Colour, size and units of each variant; `?` in the file is a stock nobody counted."""
    stock = row["stock"]
    sizes = row.get("sizes", shelf.get("sizes", []))
    for color, units in (stock if isinstance(stock, dict) else {"": stock}).items():
        for size, count in zip(sizes, units, strict=True) if sizes else [("", units)]:
            yield color, size, None if count == "?" else count


def _picture(row: _Table, shelf: _Table, color: str) -> str:
    return f"{row.get('drawing', shelf['drawing'])}-{_slug(color or row['tint'])}.svg"


def _order(row: _Table, variants: dict[str, tuple[Product, Variant]], now: datetime) -> Order:
    lines = []
    for position, item in enumerate(row["lines"]):
        product, variant = variants[item["variant"]]
        lines.append(
            OrderLine(
                position=position,
                variant_id=variant.id,
                title=", ".join(filter(None, (product.title, variant.color, variant.size))),
                quantity=item["quantity"],
                unit_price=variant.price,
            )
        )
    shipping = Decimal(row["shipping"])
    return Order(
        number=row["number"],
        customer_id=row["customer"],
        status=OrderStatus(row["status"]),
        placed_at=_day(now, row["placed"]),
        expected_at=_day(now, row.get("expected")),
        delivered_at=_day(now, row.get("delivered")),
        currency=CURRENCY,
        shipping=shipping,
        total=sum((line.quantity * line.unit_price for line in lines), shipping),
        carrier=row.get("carrier", ""),
        tracking_number=row.get("tracking_number", ""),
        tracking_url=row.get("tracking_url", ""),
        shipping_address=row["address"],
        lines=lines,
    )


def _return(number: str, row: _Table, now: datetime) -> OrderReturn:
    return OrderReturn(
        number=f"{number}-R1",
        order_number=number,
        status=ReturnStatus.REQUESTED,
        created_at=now + timedelta(days=row["days"]),
        lines=[
            OrderReturnLine(
                item=0,
                order_number=number,
                position=row["line"],
                quantity=row["quantity"],
                reason=ReturnReason(row["reason"]),
                condition=ReturnCondition(row.get("condition", "unused")),
                note=row.get("note", ""),
            )
        ],
    )


def _refund(number: str, amount: Decimal, row: _Table, now: datetime) -> OrderRefund:
    settled = _day(now, row.get("settled"))
    return OrderRefund(
        order_number=number,
        amount=amount,
        status=RefundStatus.DONE if settled else RefundStatus.PENDING,
        created_at=now + timedelta(days=row["days"]),
        settled_at=settled,
    )


def _day(now: datetime, days: float | None) -> datetime | None:
    return None if days is None else now + timedelta(days=days)


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")


def _toml(file: Path) -> _Table:
    return tomllib.loads(file.read_text(encoding="utf-8"))
