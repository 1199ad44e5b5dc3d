"""Which products a customer wants to see beside each other."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.actions.context import ActionContext
from bot.actions.products import meant
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.shopping import english
from catalog.models import Variant
from catalog.products import find_variants

MOST = 4
_UNNAMED = 3
"""Of those on the screen, where it is not said which."""


def several(
    context: ActionContext, session: Session, turn: Turn, act: str
) -> tuple[Variant, ...] | Answer:
    """Those named, or those on the screen where none is; it may be one alone."""
    text = english.without_judgement(turn.text)
    if english.wants_cheapest(text) and english.wants_priciest(text):
        return _extremes(find_variants(session, turn.shopping.shown))
    unnamed = _unnamed(session, turn, text)
    names_none = not english.content_words(english.comparing_words(text))
    if unnamed and names_none and not english.has_pronoun(text) and turn.chosen is None:
        return unnamed
    found = meant.several(context, session, replace(turn, text=text), act)
    if isinstance(found, Answer):
        question = found.state.question if found.state else None
        is_unclear = question is not None and question.options == turn.shopping.shown
        return unnamed if is_unclear and unnamed else found
    if len(found) > 1:
        return found
    return _with_others(session, turn, text, found[0])


def _unnamed(session: Session, turn: Turn, text: str) -> tuple[Variant, ...]:
    """Those last compared, or some of those on the screen; none where a choice is said."""
    # Of "those two", where there are three, nobody knows which.
    if english.positions(text) or english.how_many(text) is not None:
        return ()
    state, means_each = turn.shopping, english.means_each(text)
    ids = state.shown if means_each else state.comparison or state.shown
    found = tuple(find_variants(session, ids))
    most = len(found) if means_each else _UNNAMED
    return found[:most] if len(found) > 1 else ()


def _with_others(session: Session, turn: Turn, text: str, one: Variant) -> tuple[Variant, ...]:
    """With the one spoken of before, "compare it with the second", or with others on the screen."""
    on_screen = find_variants(session, turn.shopping.shown)
    others = [each for each in on_screen if each.id != one.id]
    focused = [each for each in others if each.id == turn.shopping.focus]
    if english.has_pronoun(text) and focused:
        return (focused[0], one)
    return (one, *others)[:_UNNAMED] if len(others) < len(on_screen) else (one,)


def _extremes(shown: Sequence[Variant]) -> tuple[Variant, ...]:
    """The cheapest and the dearest."""
    priced = sorted((e for e in shown if e.price is not None), key=lambda e: e.price or 0)
    return (priced[0], priced[-1]) if len(priced) > 1 else tuple(priced)
