"""Vouchers in words: what one gives, and why it gives nothing."""

from bot.voice.values import Money
from bot.voice.voice import Voice
from catalog.models import Voucher, VoucherKind
from catalog.pricing import Refusal


def terms(voice: Voice, voucher: Voucher) -> str:
    """What it gives and to whom, in one sentence."""
    currency = voucher.currency
    if voucher.kind is VoucherKind.PERCENT:
        off = voice.say("voucher-percent", percent=f"{voucher.value.normalize():f}")
    else:
        off = voice.say("voucher-fixed", amount=Money(voucher.value, currency))
    conditions = []
    if voucher.brand:
        conditions.append(voice.say("voucher-of-brand", brand=voucher.brand))
    if voucher.threshold is not None:
        least = Money(voucher.threshold, currency)
        conditions.append(voice.say("voucher-from", threshold=least))
    if voucher.cap is not None:
        conditions.append(voice.say("voucher-at-most", cap=Money(voucher.cap, currency)))
    if voucher.valid_until is not None:
        conditions.append(voice.say("voucher-until", day=voucher.valid_until.date()))
    said = voice.say("voucher-terms", code=voucher.code, off=off)
    return f"{', '.join([said, *conditions])}."


def refused(
    voice: Voice, code: str, voucher: Voucher | None, refusal: Refusal, currency: str
) -> str:
    """Why it takes nothing off, and what would help."""
    if voucher is None or refusal.reason == "unknown":
        return voice.say("voucher-unknown", code=code)
    if refusal.reason == "threshold" and voucher.threshold is not None:
        currency = voucher.currency or currency
        return voice.say(
            "voucher-below-threshold",
            code=voucher.code,
            threshold=Money(voucher.threshold, currency),
            missing=Money(refusal.missing, currency),
            brand=voucher.brand or "none",
        )
    if refusal.reason == "brand":
        return voice.say("voucher-other-brand", code=voucher.code, brand=voucher.brand)
    if refusal.reason == "expired" and voucher.valid_until is not None:
        day = voucher.valid_until.date()
        return voice.say("voucher-expired", code=voucher.code, day=day)
    if refusal.reason == "not_yet" and voucher.valid_from is not None:
        day = voucher.valid_from.date()
        return voice.say("voucher-not-yet", code=voucher.code, day=day)
    return voice.say("voucher-other-currency", code=voucher.code)
