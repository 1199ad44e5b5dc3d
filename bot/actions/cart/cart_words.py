"""The cart in words."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from bot.actions.cart import voucher_words
from bot.actions.products.product_facts import version_of
from bot.shopping import contents
from bot.shopping.cart import MOST_OF_ONE
from bot.shopping.contents import CartItem
from bot.voice.values import Money
from bot.voice.voice import Voice
from catalog.models import Variant
from catalog.pricing import Refusal, discount, subtotal
from catalog.vouchers import find_voucher


def product(voice: Voice, variant: Variant) -> str:
    """What it is called: its title, and which version where there are several."""
    version = version_of(voice, variant) if len(variant.product.variants) > 1 else "none"
    return voice.say("cart-product", title=variant.product.title, version=version)


def some(voice: Voice, variant: Variant, quantity: int) -> str:
    """ "2 × Heron Runner (red in size 9)"."""
    return voice.say("cart-some", quantity=quantity, title=product(voice, variant))


def priced(voice: Voice, variant: Variant, quantity: int) -> str:
    """ "2 × Heron Runner (red in size 9) for $160.00"."""
    named = some(voice, variant, quantity)
    if variant.price is None:
        return voice.say("cart-unpriced", some=named)
    price = Money(variant.price * quantity, variant.currency)
    return voice.say("cart-priced", some=named, price=price)


def in_short(voice: Voice, items: Sequence[CartItem]) -> str:
    """One sentence with what is in it; nothing if it is empty."""
    named = [
        voice.say("cart-some", quantity=item.quantity, title=item.title)
        for item in items
        if item.title
    ]
    return voice.say("cart-in-short", items=named) if named else ""


def total(voice: Voice, session: Session, items: Sequence[CartItem], code: str | None) -> str:
    """What it comes to, with the voucher that the customer means to redeem.

    Nothing where that is not one sum, or where it is empty.
    """
    lines = contents.priced(items)
    if not lines:
        return ""
    sum_, currency = subtotal(lines), lines[0].currency
    said = voice.say("cart-total", total=Money(sum_, currency))
    if code is None:
        return said
    voucher = find_voucher(session, code)
    outcome = discount(voucher, lines, datetime.now(UTC))
    if isinstance(outcome, Refusal):
        return f"{said} {voucher_words.refused(voice, code, voucher, outcome, currency)}"
    return voice.say(
        "cart-total-voucher",
        total=Money(sum_ - outcome.amount, currency),
        code=code,
        sum=Money(sum_, currency),
        saving=Money(outcome.amount, currency),
    )


def line(voice: Voice, item: CartItem) -> str:
    """One line, or why it is none any more."""
    variant = item.variant
    if variant is None:
        return voice.say("cart-line-gone", title=item.title or voice.say("cart-some-product"))
    name, price, sum_ = product(voice, variant), variant.price, item.total
    if item.is_sold_out:
        return voice.say("cart-line-sold-out", quantity=item.quantity, title=name)
    if price is None or sum_ is None:
        said = voice.say("cart-line-unpriced", quantity=item.quantity, title=name)
    else:
        said = voice.say(
            "cart-line",
            quantity=item.quantity,
            title=name,
            price=Money(price, variant.currency),
            sum=Money(sum_, variant.currency),
        )
    return said if item.left is None else f"{said} {voice.say('cart-few-left', count=item.left)}"


def no_more(voice: Voice, most: int) -> str:
    """Why there are fewer in the cart than were asked for."""
    if most == MOST_OF_ONE:
        return voice.say("cart-most-of-one", count=most)
    return voice.say("cart-all-there-are", count=most)


def ways_on(voice: Voice) -> tuple[str, ...]:
    """What can be done with a cart that has something in it, as quick replies."""
    return (voice.say("cart-checkout"), voice.say("cart-go-on"))
