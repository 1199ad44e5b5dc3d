"""A set of things in words: what each costs, what they come to, and how that fits the budget."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from bot.actions.cart import voucher_words
from bot.voice.values import Limit, Money
from bot.voice.voice import Voice
from catalog.models import Voucher
from catalog.pricing import PricedLine, Refusal, discount
from recommender.bundles import Bundle
from recommender.offer import Offer


def lines(offers: Sequence[Offer], quantities: Sequence[int]) -> list[PricedLine]:
    return [
        PricedLine(offer.price or Decimal(0), quantity, offer.brand, offer.currency)
        for offer, quantity in zip(offers, quantities, strict=True)
    ]


def said(
    voice: Voice,
    bundle: Bundle,
    quantities: Sequence[int],
    budget: Decimal | None,
    voucher: Voucher | None,
    *,
    fits: bool,
) -> str:
    """The sum, and how much is left of the budget or lacking to it."""
    currency = bundle.offers[0].currency
    priced = lines(bundle.offers, quantities)
    some = [
        voice.say(
            "bundle-some",
            quantity=quantity,
            title=offer.title,
            price=Money(line.total, currency),
        )
        for offer, quantity, line in zip(bundle.offers, quantities, priced, strict=True)
    ]
    total = Money(bundle.total, currency)
    if budget is None:
        text = voice.say("bundle-found", count=len(some), some=some, total=total)
    elif fits:
        text = voice.say(
            "bundle-fits",
            count=len(some),
            some=some,
            total=total,
            budget=Limit(budget, currency),
            left=Money(budget - bundle.total, currency),
        )
    else:
        text = voice.say(
            "bundle-over",
            count=len(some),
            some=some,
            total=total,
            budget=Limit(budget, currency),
            over=Money(bundle.total - budget, currency),
        )
    if voucher is None:
        return text
    outcome = discount(voucher, priced, datetime.now(UTC))
    if isinstance(outcome, Refusal):
        why = voucher_words.refused(voice, voucher.code, voucher, outcome, currency)
        return f"{text} {why}"
    saving = Money(outcome.amount, currency)
    return f"{text} {voice.say('bundle-saves', code=voucher.code, saving=saving)}"
