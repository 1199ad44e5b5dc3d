"""The demo shop's checkout: what a link from the chat hands over, at the prices of now."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from babel.numbers import format_currency
from sqlalchemy.orm import Session

from bot.checkout import Checkout
from bot.shopping import contents
from bot.shopping.contents import CartItem
from catalog.pricing import Discount, discount, subtotal
from catalog.vouchers import find_voucher

_LOCALE = "en_US"


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    version: str
    quantity: int
    price: str
    """Of all of them; empty where they can't be bought."""
    problem: str
    """Why it can't be bought, or not so many."""


@dataclass(frozen=True, slots=True)
class Bill:
    lines: tuple[Line, ...]
    subtotal: str
    voucher: str
    """The code; empty where none counts."""
    saving: str
    total: str
    """Empty where it is not one sum: nothing can be bought, or something of it has no price."""
    is_for_sale: bool = True
    """Whether anything of it can be bought."""


def bill(session: Session, checkout: Checkout) -> Bill:
    """What the cart comes to now."""
    items = contents.contents(session, checkout.cart)
    lines = tuple(_line(item) for item in items)
    priced = contents.priced(items)
    if not priced:
        return Bill(lines, "", "", "", "", any(item.is_for_sale for item in items))
    currency, whole = priced[0].currency, subtotal(priced)
    voucher = find_voucher(session, checkout.voucher)
    outcome = discount(voucher, priced, datetime.now(UTC)) if voucher else None
    if voucher is None or not isinstance(outcome, Discount):
        return Bill(lines, "", "", "", _money(whole, currency))
    return Bill(
        lines,
        _money(whole, currency),
        voucher.code,
        _money(outcome.amount, currency),
        _money(whole - outcome.amount, currency),
    )


def _line(item: CartItem) -> Line:
    variant = item.variant
    if variant is None:
        return Line(item.title or item.id, "", item.quantity, "", "no longer sold")
    version = ", ".join(filter(None, (variant.color, variant.size)))
    title = variant.product.title
    if item.is_sold_out:
        return Line(title, version, item.quantity, "", "sold out")
    price = "" if item.total is None else _money(item.total, variant.currency)
    few = "" if item.left is None else f"only {item.left} left"
    return Line(title, version, item.buyable, price, few if price else "price on request")


def _money(amount: Decimal, currency: str) -> str:
    return str(format_currency(amount, currency, locale=_LOCALE)) if currency else str(amount)
