"""What a turn changes of several things wanted together."""

from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from bot.shopping.english import bundles
from bot.shopping.english.set_changes import SetChange
from bot.shopping.wanted_set import WantedSet, WantedThing
from catalog.products import find_variant
from recommender.bundles import MOST_THINGS

_CENT = Decimal("0.01")


def applied(session: Session, wanted: WantedSet, change: SetChange) -> WantedSet:
    """The set with the change. Cheaper is cheaper than what was last chosen."""
    if change.kind == "budget":
        return replace(wanted, budget=Decimal(change.words), below=None)
    if change.kind == "plus":
        named = (*bundles.things(change.words), change.words)[0]
        quantity, words = bundles.counted(named)
        return replace(wanted, things=(*wanted.things, WantedThing(words, quantity))[:MOST_THINGS])
    if change.place is None:
        total = Decimal(0)
        for thing, id in zip(wanted.things, wanted.chosen, strict=True):
            total += (_price(session, id) or Decimal(0)) * thing.quantity
        return replace(wanted, below=total - _CENT)
    if change.kind == "drop":
        return wanted.without(change.place)
    thing, chosen = wanted.things[change.place], wanted.chosen[change.place]
    if change.kind == "cheaper":
        price = _price(session, chosen)
        below = thing.below if price is None else price - _CENT
        return wanted.with_thing(change.place, replace(thing, below=below))
    return wanted.with_thing(change.place, replace(thing, passed=(*thing.passed, chosen)))


def _price(session: Session, id: str) -> Decimal | None:
    variant = find_variant(session, id)
    return None if variant is None else variant.price
