"""The products of the cart that a turn speaks of."""

from dataclasses import replace

from sqlalchemy.orm import Session

from bot.actions.cart import cart_words, wanted
from bot.actions.context import ActionContext
from bot.actions.products import meant
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import english
from bot.shopping.contents import contents
from bot.shopping.state import ShoppingState
from catalog.models import Variant


def several(
    context: ActionContext, session: Session, turn: Turn, act: str
) -> tuple[Variant, ...] | Answer:
    """As `meant.several`, among the lines of the cart: "the second" is its second line."""
    state, voice = turn.shopping, context.voice
    if not state.cart:
        return Answer((Reply(voice.say("cart-empty"), (), (voice.say("cart-go-on"),)),))
    text = english.without_quantity(turn.text)
    among = replace(turn, text=text, shopping=_on_the_lines(state, text))
    found = meant.several(context, session, among, act)
    if not isinstance(found, Answer):
        lacking = [each for each in found if each.id not in state.cart.ids]
        return _lacking(context, lacking[0].product.title) if lacking else found
    question = found.state.question if found.state else None
    if question is None and (gone := _without_what_is_gone(context, session, state)):
        return gone
    if question is not None and question.kind == "offer":
        return _lacking(context, question.text)
    return wanted.asked_of(turn, replace(found, state=replace(state, question=question)))


def one(context: ActionContext, session: Session, turn: Turn, act: str) -> Variant | Answer:
    """As `meant.one`, among the lines of the cart."""
    found = several(context, session, turn, act)
    if isinstance(found, Answer):
        return found
    return found[0] if len(found) == 1 else meant.which(context, turn, act, found)


def _on_the_lines(state: ShoppingState, text: str) -> ShoppingState:
    """The state of somebody who has nothing but the cart before their eyes.

    "It" is what was put in last, unless something else of the cart was spoken of since.
    """
    ids = state.cart.ids
    focus = state.focus if state.focus in ids else None
    if focus is None and english.has_pronoun(text):
        focus = ids[-1]
    return replace(state, shown=ids, pages=(), saved=(), comparison=(), focus=focus)


def _without_what_is_gone(
    context: ActionContext, session: Session, state: ShoppingState
) -> Answer | None:
    """Lines that the catalogue has no more are told of, and go; None if there are none."""
    voice, cart = context.voice, state.cart
    items = [item for item in contents(session, cart) if item.variant is None]
    if not items:
        return None
    for item in items:
        cart = cart.without(item.id)
    text = "\n".join(cart_words.line(voice, item) for item in items)
    return Answer((Reply(text, (), (voice.say("cart-see"),)),), replace(state, cart=cart))


def _lacking(context: ActionContext, thing: str) -> Answer:
    voice = context.voice
    return Answer((Reply(voice.say("cart-lacks", thing=thing), (), (voice.say("cart-see"),)),))
