"""Putting a version of a product into the cart: as many as are wanted, and as there are."""

from dataclasses import dataclass

from bot.shopping.cart import MOST_OF_ONE
from bot.shopping.state import ShoppingState
from catalog.models import Variant


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of it."""

    variant: Variant
    wanted: int
    added: int
    already: int
    """How many of it were in the cart before."""
    is_full: bool = False
    """Whether the cart takes no more lines."""

    @property
    def total(self) -> int:
        return self.already + self.added

    @property
    def is_short(self) -> bool:
        """Whether there are fewer than were wanted."""
        return self.added < self.wanted


def most(variant: Variant) -> int:
    """As many as there are, where the shop counts them, and no more than a cart holds of one."""
    if variant.in_stock is False:
        return 0
    return MOST_OF_ONE if variant.stock is None else min(variant.stock, MOST_OF_ONE)


def add(state: ShoppingState, variant: Variant, quantity: int) -> tuple[ShoppingState, Addition]:
    """The state with it in the cart, and what to tell; "it" means this version from then on."""
    already = state.cart.quantity_of(variant.id)
    if not already and state.cart.is_full:
        return state, Addition(variant, quantity, 0, 0, is_full=True)
    added = max(0, min(quantity, most(variant) - already))
    cart = state.cart.with_more(variant.id, added, variant.product.title) if added else state.cart
    after = state.with_cart(cart).having_told([variant]).focused_on(variant.id)
    return after, Addition(variant, quantity, added, already)
