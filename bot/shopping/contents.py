"""What is in the cart, as the catalogue has it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from bot.shopping.cart import Cart
from catalog.models import Variant
from catalog.pricing import PricedLine, subtotal
from catalog.products import find_variants


@dataclass(frozen=True, slots=True)
class CartItem:
    """One line of the cart with its variant."""

    id: str
    quantity: int
    variant: Variant | None
    """None if the catalogue has it no more."""
    title: str

    @property
    def is_sold_out(self) -> bool:
        return self.variant is not None and self.variant.in_stock is False

    @property
    def left(self) -> int | None:
        """How many there are, where that is fewer than are in the cart, and some."""
        stock = None if self.variant is None else self.variant.stock
        return stock if stock is not None and 0 < stock < self.quantity else None

    @property
    def buyable(self) -> int:
        """How many of them can be bought now."""
        return 0 if not self.is_for_sale else self.left or self.quantity

    @property
    def is_for_sale(self) -> bool:
        return self.variant is not None and not self.is_sold_out

    @property
    def total(self) -> Decimal | None:
        """Of those that can be bought; None where the catalogue gives no price."""
        if self.variant is None or self.variant.price is None:
            return None
        return self.variant.price * self.buyable


def contents(session: Session, cart: Cart) -> tuple[CartItem, ...]:
    """The cart's lines, in their order, those that are gone among them."""
    found = {each.id: each for each in find_variants(session, cart.ids)}
    return tuple(
        CartItem(
            line.id,
            line.quantity,
            variant := found.get(line.id),
            line.title if variant is None else variant.product.title,
        )
        for line in cart.lines
    )


def priced(items: Sequence[CartItem]) -> list[PricedLine] | None:
    """All that can be bought; None where one of those has no price, or another currency."""
    bought = [(e.variant, e.buyable) for e in items if e.variant is not None and e.is_for_sale]
    lines = [PricedLine.of(variant, quantity) for variant, quantity in bought]
    known = [line for line in lines if line is not None]
    currencies = {variant.currency for variant, _ in bought}
    return known if len(known) == len(bought) and len(currencies) < 2 else None


def total(items: Sequence[CartItem]) -> Decimal | None:
    """Of all that can be bought; None where that is not one sum."""
    lines = priced(items)
    return None if lines is None else subtotal(lines)
