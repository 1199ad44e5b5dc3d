"""How many of a product may be bought."""

from bot.shopping.cart import MOST_OF_ONE
from catalog.models import Variant


def most(variant: Variant) -> int:
    """As many as there are, where the shop counts them, and no more than a cart holds of one."""
    if variant.in_stock is False:
        return 0
    return MOST_OF_ONE if variant.stock is None else min(variant.stock, MOST_OF_ONE)
