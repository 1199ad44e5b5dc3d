"""The order form's check: both details are found in any message, and must belong together."""

import time
from typing import Any

from bot.actions import order_attempts
from bot.actions.reply import Answer, Reply
from bot.actions.shop_action import ShopAction
from bot.actions.turn import Turn
from catalog.orders import find_order

# One sentence, whether the number or the e-mail is wrong: it must not tell which exists.
NO_MATCH = (
    "I couldn't find an order with that number and e-mail address together. "
    "Please check both in your confirmation e-mail."
)
NO_DETAIL = {
    "order_number": "I don't see an order number in that. If you don't have it, say “never mind”.",
    "order_email": "I don't see an e-mail address in that. If you'd rather not, say “never mind”.",
}
_DETAILS = ("order_number", "order_email")
# Other intents are interruptions, which the rules answer before the form goes on.
_ANSWERS_THE_FORM = frozenset({"provide_order_details", "affirm", "nlu_fallback"})


class ValidateOrderStatusForm(ShopAction):
    """Runs when the form opens, at each message for it, and when it goes on after a digression."""

    action_name = "validate_order_status_form"

    def answer(self, turn: Turn) -> Answer:
        now = time.time()
        if order_attempts.exhausted(turn.slots.get(order_attempts.SLOT), now):
            return Answer((), _ended())
        # Set in any case: Rasa takes a form that sets nothing for one that refuses to run.
        details: dict[str, Any] = {
            name: turn.entities.get(name) or turn.slots.get(name) for name in _DETAILS
        }
        if not all(details.values()):
            return Answer(_complaint(turn), details)
        with self.context.sessions() as session:
            order = find_order(session, details["order_number"], details["order_email"])
        if order is not None:
            return Answer((), details)
        failures = [*order_attempts.recent(turn.slots.get(order_attempts.SLOT), now), now]
        slots = dict.fromkeys(_DETAILS) | {order_attempts.SLOT: failures}
        if order_attempts.exhausted(failures, now):
            return Answer((), slots | _ended())
        return Answer((Reply(NO_MATCH),), slots)


def _ended() -> dict[str, Any]:
    """No further slot to ask for ends the form."""
    return {"requested_slot": None}


def _complaint(turn: Turn) -> tuple[Reply, ...]:
    """Says that the detail asked for is not in a message that was meant to give it."""
    requested = turn.slots.get("requested_slot")
    if requested not in NO_DETAIL or turn.intent not in _ANSWERS_THE_FORM:
        return ()
    if any(turn.entities.get(name) for name in _DETAILS):
        return ()
    return (Reply(NO_DETAIL[requested]),)
