"""What the customer means to buy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

MOST_LINES = 50
MOST_OF_ONE = 99


@dataclass(frozen=True, slots=True)
class CartLine:
    id: str
    """Of a variant."""
    quantity: int
    title: str = ""
    """Of the product when it was put in: what to call it if the catalogue has it no more."""


@dataclass(frozen=True, slots=True)
class Cart:
    """Lines in the order of their first adding, each variant once."""

    lines: tuple[CartLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(line.id for line in self.lines)

    def quantity_of(self, id: str) -> int:
        return next((line.quantity for line in self.lines if line.id == id), 0)

    @property
    def is_full(self) -> bool:
        return len(self.lines) >= MOST_LINES

    def with_quantity(self, id: str, quantity: int, title: str = "") -> "Cart":
        """The cart with so many of a variant: none takes it out, and a full cart takes none in."""
        quantity = min(quantity, MOST_OF_ONE)
        if quantity <= 0:
            return Cart(tuple(line for line in self.lines if line.id != id))
        if self.quantity_of(id):
            lines = (replace(e, quantity=quantity) if e.id == id else e for e in self.lines)
            return Cart(tuple(lines))
        if self.is_full:
            return self
        return Cart((*self.lines, CartLine(id, quantity, title)))

    def with_more(self, id: str, quantity: int = 1, title: str = "") -> "Cart":
        return self.with_quantity(id, self.quantity_of(id) + quantity, title)

    def without(self, id: str) -> "Cart":
        return self.with_quantity(id, 0)

    def exchanged(self, old: str, new: str) -> "Cart":
        """Another variant in the place of one, as many of it."""
        quantity = self.quantity_of(old)
        kept = Cart(tuple(line for line in self.lines if line.id != new))
        already = self.quantity_of(new)
        return Cart(
            tuple(
                replace(line, id=new, quantity=min(quantity + already, MOST_OF_ONE))
                if line.id == old
                else line
                for line in kept.lines
            )
        )

    def to_json(self) -> list[dict[str, Any]]:
        return [
            {"id": line.id, "quantity": line.quantity, "title": line.title} for line in self.lines
        ]

    @classmethod
    def from_json(cls, data: Iterable[Mapping[str, Any]]) -> "Cart":
        """The inverse of `to_json`.

        Raises:
            ValueError, TypeError, KeyError: the data is no cart.
        """
        cart = cls()
        for line in data:
            cart = cart.with_more(
                str(line["id"]), int(line["quantity"]), str(line.get("title", ""))
            )
        return cart
