"""What the assistant says about the results of a search."""

from decimal import Decimal

from bot.actions.searching.wish import names_the_category, number, wished
from bot.voice.values import Either, Limit, Value
from bot.voice.voice import Voice
from recommender.filtering.nearest import Nearest
from recommender.query.constraints import ParsedQuery

_ORDERS = {None: "none", "price": "cheapest", "-price": "dearest", "-rating": "best_rated"}


def starters(voice: Voice) -> tuple[str, ...]:
    """Where to begin, as quick replies."""
    return (voice.say("start-products"), *helpers(voice))


def helpers(voice: Voice) -> tuple[str, ...]:
    """What can be had without any product."""
    return (voice.say("start-returns"), voice.say("start-order"))


def found(voice: Voice, count: int, query: ParsedQuery, currency: str) -> str:
    if not query.text and not query.filters:
        return voice.say("first-look")
    wish, order = wished(voice, query, currency), _ORDERS[query.filters.sort]
    if names_the_category(query) or not query.text:
        return voice.say("found-all-of-it", count=count, wish=wish, order=order)
    return voice.say("found", count=count, wish=wish, order=order)


def more(voice: Voice, count: int, query: ParsedQuery, currency: str) -> str:
    return voice.say("more-found", count=count, wish=wished(voice, query, currency))


def nothing_more(voice: Voice, query: ParsedQuery, currency: str) -> str:
    return voice.say("nothing-more", wish=wished(voice, query, currency))


def relaxed(
    voice: Voice,
    names: tuple[str, ...],
    nearest: tuple[Nearest, ...],
    query: ParsedQuery,
    currency: str,
) -> str:
    """Says plainly which wish could not be met, and how near to it there is something."""
    wish = wished(voice, query, currency)
    near = [_near(voice, each, currency) for each in nearest]
    known = {each.constraint for each in nearest}
    others = [voice.say("constraint-name", constraint=name) for name in names if name not in known]
    if not others:
        return voice.say("only-near", wish=wish, near=near)
    if not near:
        return voice.say("left-out", wish=wish, names=others)
    return voice.say("left-out-near", wish=wish, names=others, near=near)


def _near(voice: Voice, nearest: Nearest, currency: str) -> str:
    value: Value
    if not isinstance(nearest.nearest, Decimal):
        value = Either(tuple(nearest.nearest.split(" / ")))
    elif nearest.constraint == "rating_min":
        value = number(nearest.nearest)
    else:
        value = Limit(nearest.nearest, currency)
    return voice.say("nearest", constraint=nearest.constraint, value=value)


def closest(voice: Voice, query: ParsedQuery, currency: str) -> str:
    return voice.say("closest", wish=wished(voice, query, currency))


def unsure(voice: Voice, query: ParsedQuery, currency: str) -> str:
    return voice.say("unsure", wish=wished(voice, query, currency))
