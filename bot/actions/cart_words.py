"""The cart in words."""

from collections.abc import Sequence

from bot.shopping.contents import CartItem
from bot.voice.voice import Voice


def in_short(voice: Voice, items: Sequence[CartItem]) -> str:
    """One sentence with what is in it; nothing if it is empty."""
    named = [
        voice.say("cart-some", quantity=item.quantity, title=item.variant.product.title)
        for item in items
        if item.variant is not None
    ]
    return voice.say("cart-in-short", items=named) if named else ""
