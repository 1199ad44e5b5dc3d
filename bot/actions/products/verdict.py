"""Which of some products suits, in a sentence that the catalogue bears out, or that none does."""

import re
from collections.abc import Iterable, Sequence

from bot.actions.context import ActionContext
from bot.actions.searching.wish import number
from bot.actions.turn import Turn
from bot.shopping import english
from bot.voice.values import Money
from bot.voice.voice import Voice
from catalog.models import Variant
from recommender.explanation import explain
from recommender.query.constraints import Constraints
from recommender.query.english import ENGLISH
from recommender.query.ratings import rating_of

_OF_A_USE = (
    "price_min", "price_max", "gender", "material", "in_stock", "rating_min", "features",
    "measurements",
)  # fmt: skip
"""What may be said in the question itself: "which is better for men?". A brand or a colour there
only names a product."""

Verdict = tuple[str, Variant | None]


def of(
    context: ActionContext, turn: Turn, variants: Sequence[Variant], names: Sequence[str]
) -> Verdict:
    """What to say, and the product that it speaks for, if it does for one.

    Args:
        names: Of the variants, in their order.
    """
    named = dict(zip([each.id for each in variants], names, strict=True))
    if english.compares_by_rating(turn.text):
        return _by_rating(context.voice, variants, named, is_asked=True)
    if english.compares_by_price(turn.text):
        dearest = english.wants_pricier_one(turn.text) or english.wants_priciest(turn.text)
        return _by_price(context.voice, variants, named, dearest=dearest, is_asked=True)
    if (quality := english.quality_compared(turn.text)) is not None:
        return context.voice.say("verdict-unknown", quality=quality), None
    return _by_wish(context, turn, variants, named)


def _by_wish(
    context: ActionContext, turn: Turn, variants: Sequence[Variant], named: dict[str, str]
) -> Verdict:
    voice = context.voice
    said = context.search.understand(_without(turn.text, named.values())).filters
    use = Constraints().merged_with(said.without(*(set(said.names()) - set(_OF_A_USE))))
    wish = turn.shopping.filters.merged_with(use).without("sort")
    unmet = context.search.unmet(list(named), wish)
    fewest = min(len(names) for names in unmet.values())
    best = [each for each in variants if len(unmet[each.id]) == fewest]
    if wish and len(best) == 1:
        reasons = _reasons(voice, best[0], variants, wish, unmet)
        title = named[best[0].id]
        return voice.say("verdict-fits", title=title, reasons="; ".join(reasons)), best[0]
    text, winner = _otherwise(voice, best, named)
    if wish and not fewest and len(best) == len(variants):
        text = " ".join(filter(None, (voice.say("verdict-alike", count=len(best)), text)))
    return text, winner


def _without(text: str, names: Iterable[str]) -> str:
    """The question without the products' names: a "Budget Boil Kettle" need not be cheap."""
    for name in names:
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


def _reasons(
    voice: Voice,
    best: Variant,
    variants: Sequence[Variant],
    wish: Constraints,
    unmet: dict[str, tuple[str, ...]],
) -> list[str]:
    """What it has of the wish and another has not."""
    lacking = {name for each in variants if each is not best for name in unmet[each.id]}
    lacking -= set(unmet[best.id])
    only = wish.without(*(name for name in wish.names() if name not in lacking))
    reasons = list(explain(best.product, best, only, ENGLISH))
    return reasons or [voice.say("constraint-name", constraint=name) for name in sorted(lacking)]


def _otherwise(voice: Voice, variants: Sequence[Variant], named: dict[str, str]) -> Verdict:
    """Where the wish decides nothing: what can be had at all, then the rating, then the price."""
    if len(variants) < 2:
        return "", None
    in_stock = [each for each in variants if each.in_stock is not False]
    if len(in_stock) == 1:
        return voice.say("verdict-in-stock", title=named[in_stock[0].id]), in_stock[0]
    text, winner = _by_rating(voice, variants, named)
    return (text, winner) if winner is not None else _by_price(voice, variants, named)


def _by_rating(
    voice: Voice, variants: Sequence[Variant], named: dict[str, str], *, is_asked: bool = False
) -> Verdict:
    read = [(each, rating_of(each.all_attributes, ENGLISH)) for each in variants]
    rated = [(each, stars) for each, stars in read if stars is not None]
    if len(rated) < 2:
        return (voice.say("verdict-no-ratings") if is_asked else ""), None
    best = max(stars for _, stars in rated)
    first = [each for each, stars in rated if stars == best]
    if len(first) > 1:
        return (voice.say("verdict-same-rating") if is_asked else ""), None
    title, stars_ = named[first[0].id], number(best)
    return voice.say("verdict-rated", title=title, stars=stars_, count=len(rated)), first[0]


def _by_price(
    voice: Voice,
    variants: Sequence[Variant],
    named: dict[str, str],
    *,
    dearest: bool = False,
    is_asked: bool = False,
) -> Verdict:
    prices = {each.id: each.price for each in variants if each.price is not None}
    if len(prices) < len(variants) or len({each.currency for each in variants}) > 1:
        return (voice.say("verdict-no-prices") if is_asked else ""), None
    limit = max(prices.values()) if dearest else min(prices.values())
    first = [each for each in variants if each.price == limit]
    if len(first) > 1:
        return (voice.say("verdict-same-price") if is_asked else ""), None
    title, price = named[first[0].id], Money(limit, first[0].currency)
    id = "verdict-dearer" if dearest else "verdict-cheaper"
    return voice.say(id, title=title, price=price, count=len(variants)), first[0]
