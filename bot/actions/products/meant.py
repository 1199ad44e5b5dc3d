"""The products that a turn speaks of, or what to say where that is not clear.

Every act that speaks of products asks here, so that each is asked about in the same way, and none
uses a product that was not shown in this conversation or named in full.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.actions.context import ActionContext
from bot.actions.products import named
from bot.actions.reply import Answer, Reply
from bot.actions.searching import sentences
from bot.actions.turn import Turn
from bot.shopping import english, references
from bot.shopping.question import Question
from bot.voice.values import Either
from catalog.models import Variant
from catalog.products import find_variant, find_variants

_MOST_CANDIDATES = 4
_A_NAME = 2
"""Words that a product's full name has at least."""


def one(
    context: ActionContext, session: Session, turn: Turn, act: str, *, of_its_parts: bool = False
) -> Variant | Answer:
    """The product meant, or the question which one.

    Args:
        act: The act that goes on when the question is answered.
        of_its_parts: Whether the words may name something of the product: "the battery". Whoever
            asks so has looked for a product named in full.
    """
    found = several(context, session, turn, act, of_its_parts=of_its_parts)
    if isinstance(found, Answer):
        return found
    return found[0] if len(found) == 1 else which(context, turn, act, found)


def several(
    context: ActionContext, session: Session, turn: Turn, act: str, *, of_its_parts: bool = False
) -> tuple[Variant, ...] | Answer:
    """The products meant, one or more, in the order named; or what to say instead."""
    voice, state = context.voice, turn.shopping
    if turn.chosen is not None:
        chosen = find_variant(session, turn.chosen)
        return (chosen,) if chosen else _said(turn, voice.say("product-gone"))
    known = find_variants(session, state.known)
    if not of_its_parts:
        # "The Camp Billy Kettle" is none of the kettles on the screen.
        known += _named_besides(context, session, turn.text, known)
    reference = references.resolve(turn.text, state, known, context.search.understand)
    if reference.unknown is not None and not of_its_parts:
        return _not_shown(context, turn, reference.unknown)
    if reference.variants:
        return reference.variants
    if reference.candidates:
        return which(context, turn, act, reference.candidates)
    if reference.gone:
        return _said(turn, voice.say("product-gone"), (voice.say("go-on-more"),))
    if not state.shown:
        return _said(turn, voice.say("nothing-shown"), sentences.starters(voice))
    return _unclear(context, turn, act, reference)


def _named_besides(
    context: ActionContext, session: Session, text: str, known: Sequence[Variant]
) -> list[Variant]:
    """What is named in full, though nothing of it was shown."""
    if len(english.content_words(text)) < _A_NAME:
        return []
    products = {each.product.id for each in known}
    found = [e.id for e in named.find_all(context.search, text) if e.group_id not in products]
    return find_variants(session, found) if found else []


def which(context: ActionContext, turn: Turn, act: str, candidates: Sequence[Variant]) -> Answer:
    """Asks which of some products is meant, by their names."""
    names = labels(candidates)[:_MOST_CANDIDATES]
    text = context.voice.say("which-of", names=Either(names))
    return _asked(turn, act, [each.id for each in candidates], text, names)


def labels(variants: Sequence[Variant]) -> tuple[str, ...]:
    """A name for each by which it is told from the others."""
    titles = [each.product.title for each in variants]
    return tuple(
        title if titles.count(title) == 1 else ", ".join(filter(None, (title, v.color, v.size)))
        for title, v in zip(titles, variants, strict=True)
    )


def _unclear(
    context: ActionContext, turn: Turn, act: str, reference: references.Reference
) -> Answer:
    voice, shown = context.voice, turn.shopping.shown
    if reference.beyond is not None:
        text = voice.say("beyond", count=len(shown))
    else:
        text = voice.say("which-one")
    places = (voice.say("place-first"), voice.say("place-second"), voice.say("place-third"))
    return _asked(turn, act, shown, text, places[: len(shown)])


def _not_shown(context: ActionContext, turn: Turn, thing: str) -> Answer:
    voice = context.voice
    question = Question("offer", "search_products", thing)
    reply = Reply(voice.say("not-shown", thing=thing), (), (voice.say("yes-please"),))
    return Answer((reply,), replace(turn.shopping, question=question))


def _asked(
    turn: Turn, act: str, ids: Sequence[str], text: str, quick_replies: tuple[str, ...]
) -> Answer:
    question = Question("which", act, turn.text, tuple(ids))
    return Answer((Reply(text, (), quick_replies),), replace(turn.shopping, question=question))


def _said(turn: Turn, text: str, quick_replies: tuple[str, ...] = ()) -> Answer:
    return Answer((Reply(text, (), quick_replies),), turn.shopping)
