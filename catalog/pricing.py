"""What a cart costs, and what a voucher takes off it: computed, never guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from babel.numbers import get_currency_precision

from catalog.models import Variant, Voucher, VoucherKind

Reason = Literal["unknown", "expired", "not_yet", "brand", "threshold", "currency"]

_WITHOUT_CURRENCY = 2
"""Places of an amount whose currency nobody says."""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """So many of one thing that has a price."""

    price: Decimal
    quantity: int = 1
    brand: str = ""
    currency: str = ""

    @classmethod
    def of(cls, variant: Variant, quantity: int = 1) -> "PricedLine | None":
        """None where the catalogue gives no price."""
        if variant.price is None:
            return None
        return cls(variant.price, quantity, variant.product.brand, variant.currency)

    @property
    def total(self) -> Decimal:
        return self.price * self.quantity


@dataclass(frozen=True, slots=True)
class Discount:
    """What a voucher takes off."""

    amount: Decimal
    is_capped: bool = False
    """Whether its cap keeps it from being more."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a voucher takes nothing off."""

    reason: Reason
    missing: Decimal = Decimal(0)
    """How much is lacking to its threshold."""


def subtotal(lines: Iterable[PricedLine]) -> Decimal:
    return sum((line.total for line in lines), Decimal(0))


def validity(voucher: Voucher | None, now: datetime) -> Refusal | None:
    """Why the voucher counts for nobody at all; None if it does count."""
    if voucher is None:
        return Refusal("unknown")
    if voucher.valid_until is not None and now >= voucher.valid_until:
        return Refusal("expired")
    if voucher.valid_from is not None and now < voucher.valid_from:
        return Refusal("not_yet")
    return None


def discount(
    voucher: Voucher | None, lines: Sequence[PricedLine], now: datetime
) -> Discount | Refusal:
    """What the voucher takes off these lines, or why nothing.

    A voucher for one brand looks at that brand's lines only, for its threshold too. Half a cent
    is rounded up, as shops do.
    """
    refusal = validity(voucher, now)
    if voucher is None or refusal is not None:
        return refusal or Refusal("unknown")
    counted = [line for line in lines if _counts(voucher, line)]
    if lines and not counted:
        return Refusal("brand")
    if any(line.currency not in ("", voucher.currency) for line in counted) and voucher.currency:
        return Refusal("currency")
    base = subtotal(counted)
    if voucher.threshold is not None and base < voucher.threshold:
        return Refusal("threshold", voucher.threshold - base)
    currency = next((line.currency for line in counted if line.currency), voucher.currency)
    if voucher.kind is VoucherKind.PERCENT:
        amount = _rounded(base * voucher.value / 100, currency)
    else:
        amount = voucher.value
    is_capped = voucher.cap is not None and amount > voucher.cap
    if voucher.cap is not None:
        amount = min(amount, voucher.cap)
    return Discount(min(amount, base), is_capped)


def reach(voucher: Voucher | None, budget: Decimal) -> Decimal:
    """What things may come to, before the voucher, for somebody who has `budget` to pay.

    It is a bound: threshold, brand and rounding may let the voucher take less off.
    """
    if voucher is None:
        return budget
    if voucher.kind is VoucherKind.FIXED:
        saved = voucher.value
    elif voucher.value < 100:
        saved = budget * voucher.value / (100 - voucher.value)
    else:
        saved = Decimal("Infinity")
    return budget + (saved if voucher.cap is None else min(saved, voucher.cap))


def _counts(voucher: Voucher, line: PricedLine) -> bool:
    return not voucher.brand or voucher.brand.casefold() == line.brand.casefold()


def _rounded(amount: Decimal, currency: str) -> Decimal:
    places = get_currency_precision(currency) if currency else _WITHOUT_CURRENCY
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
