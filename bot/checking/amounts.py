"""Amounts of money in a text, and those that may stand there."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from bot.shopping import contents
from bot.shopping.state import ShoppingState
from catalog.models import Variant
from catalog.pricing import Discount, PricedLine, discount, subtotal
from catalog.vouchers import find_voucher

_NUMBER = r"\d{1,3}(?:[,.\u00a0 ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_SIGNS = r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|CAD|AUD|INR|JPY|CNY)\b)"
_MONEY = re.compile(rf"{_SIGNS}\s?({_NUMBER})|(?<![\w.,])({_NUMBER})\s?{_SIGNS}")
_PLAIN = re.compile(rf"(?<![\w.,])({_NUMBER})(?![\w])")
_THOUSANDS = re.compile(r"[,.\u00a0 ](?=\d{3}(?!\d))")
_CENT = Decimal("0.01")


def said(text: str) -> list[Decimal]:
    """The amounts of money in a text: 1234.5 of "$1,234.50" and of "1.234,50 €"."""
    return [_value(match[1] or match[2]) for match in _MONEY.finditer(text)]


def numbers(text: str) -> list[Decimal]:
    """Every number, as a customer names an amount."""
    return [_value(match[1]) for match in _PLAIN.finditer(text)]


def of_customer(text: str, state: ShoppingState) -> set[Decimal]:
    """The amounts that the customer named, now or before, and the limits made of them."""
    limits = [state.filters, *(query.filters for query in state.past)]
    named = [each.price_min for each in limits] + [each.price_max for each in limits]
    named += [*numbers(text), state.wanted_set.budget]
    if state.question is not None:
        named += numbers(state.question.text)
    found = {each for each in named if each is not None}
    # "Under $59" is what is said of at most 58.99.
    return found | {each + _CENT for each in found} | {each - _CENT for each in found}


def of_product(variant: Variant, state: ShoppingState) -> set[Decimal]:
    """What a product's versions cost, and what the customer was told they did."""
    versions = variant.product.variants
    prices = {each.price for each in versions if each.price is not None}
    told = {state.prices[each.id] for each in versions if each.id in state.prices}
    return prices | told


def multiples(prices: Iterable[Decimal], quantities: Iterable[int]) -> set[Decimal]:
    return {price * each for price in prices for each in quantities}


def computed(
    session: Session, state: ShoppingState, shown: Sequence[Variant], limits: Iterable[Decimal]
) -> set[Decimal]:
    """The cart's and the shown products' sums, with the voucher, and what is left of a budget."""
    lines = contents.priced(contents.contents(session, state.cart)) or []
    wanted = dict(zip(state.wanted_set.chosen, state.wanted_set.things, strict=False))
    together = [
        line
        for each in shown
        if (line := PricedLine.of(each, wanted[each.id].quantity if each.id in wanted else 1))
    ]
    voucher = find_voucher(session, state.voucher)
    found: set[Decimal] = set()
    for these in (lines, together, *([each] for each in together)):
        whole = subtotal(these)
        found.add(whole)
        outcome = discount(voucher, these, datetime.now(UTC)) if voucher else None
        if isinstance(outcome, Discount):
            found |= {outcome.amount, whole - outcome.amount}
        elif outcome is not None:
            found.add(outcome.missing)
    if voucher is not None:
        terms = (voucher.value, voucher.threshold, voucher.cap)
        found |= {each for each in terms if each is not None}
    return found | {abs(limit - each) for limit in limits for each in set(found)}


def _value(number: str) -> Decimal:
    return Decimal(_THOUSANDS.sub("", number).replace(",", "."))
