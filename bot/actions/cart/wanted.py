"""The products that the customer wants to keep: to buy now, or for later."""

from dataclasses import replace

from sqlalchemy.orm import Session

from bot.actions.context import ActionContext
from bot.actions.products import meant
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.shopping import english
from catalog.models import Variant
from catalog.products import find_variant


def several(
    context: ActionContext, session: Session, turn: Turn, act: str
) -> tuple[Variant, ...] | Answer:
    """As `meant.several`, where "two of those" are two of one product.

    "Them", too, may be a pair of shoes: nobody wants all that is on the screen without saying so.
    """
    pointing = replace(turn, text=english.without_quantity(turn.text))
    found = meant.several(context, session, pointing, act)
    if not isinstance(found, Answer) and len(found) > 2 and not english.means_each(turn.text):
        focused = find_variant(session, turn.shopping.focus or "")
        found = (focused,) if focused else meant.which(context, turn, act, found)
    return asked_of(turn, found) if isinstance(found, Answer) else found


def asked_of(turn: Turn, answer: Answer) -> Answer:
    """The question, remembered with all of the customer's words."""
    state = answer.state or turn.shopping
    if state.question is None or state.question.kind != "which":
        return answer
    return replace(answer, state=replace(state, question=replace(state.question, text=turn.text)))
