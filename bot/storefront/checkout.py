"""The demo shop's checkout: what a link from the chat hands over, at the prices of now."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from bot.checkout import Checkout
from bot.shopping import contents
from bot.shopping.contents import CartItem
from catalog.pricing import Discount, discount, subtotal
from catalog.vouchers import find_voucher
from recommender.explanation import money


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
    """The code that the customer named; empty where none was."""
    saving: str
    """Empty where the code takes nothing off now."""
    total: str
    """Empty where it is not one sum: nothing can be bought, or something of it has no price."""
    is_for_sale: bool = True
    """Whether anything of it can be bought."""


def bill(session: Session, checkout: Checkout) -> Bill:
    """What the cart comes to now."""
    items = contents.contents(session, checkout.cart)
    lines = tuple(_line(item) for item in items)
    priced = contents.priced(items)
    code = checkout.voucher or ""
    if not priced:
        return Bill(lines, "", code, "", "", any(item.is_for_sale for item in items))
    currency, whole = priced[0].currency, subtotal(priced)
    voucher = find_voucher(session, checkout.voucher)
    outcome = discount(voucher, priced, datetime.now(UTC)) if voucher else None
    if voucher is None or not isinstance(outcome, Discount):
        return Bill(lines, "", code, "", money(whole, currency))
    return Bill(
        lines,
        money(whole, currency),
        code,
        money(outcome.amount, currency),
        money(whole - outcome.amount, currency),
    )


def _line(item: CartItem) -> Line:
    variant = item.variant
    if variant is None:
        return Line(item.title or item.id, "", item.quantity, "", "no longer sold")
    version = ", ".join(filter(None, (variant.color, variant.size)))
    title = variant.product.title
    if item.is_sold_out:
        return Line(title, version, item.quantity, "", "sold out")
    price = "" if item.total is None else money(item.total, variant.currency)
    few = "" if item.left is None else f"only {item.left} left"
    return Line(title, version, item.buyable, price, few if price else "price on request")
