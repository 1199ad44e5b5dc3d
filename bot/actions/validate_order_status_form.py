"""The order form's check: both details are found in any message, and must belong together."""

import time
from typing import Any

from bot.actions import order_attempts
from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn

_DETAILS = ("order_number", "order_email")
_MEANT_FOR_THE_FORM = frozenset({"provide_order_details", "order_status", "affirm", "nlu_fallback"})


class ValidateOrderStatusForm(Act):
    """Runs when the form opens, at each message while it is open, and when it goes on.

    Setting no slot makes Rasa's form decline the message, and then the rules for digressions
    apply: a policy question is answered and the form goes on, a new search leaves it.
    """

    name = "validate_order_status_form"
    is_step_of_a_form = True

    def answer(self, turn: Turn) -> Answer:
        now = time.time()
        if order_attempts.exhausted(turn.slots.get(order_attempts.SLOT), now):
            return Answer((), slots=_ended())
        given = _given(turn)
        if not given and turn.intent not in _MEANT_FOR_THE_FORM:
            return Answer(())
        details: dict[str, Any] = {
            name: given.get(name) or turn.slots.get(name) for name in _DETAILS
        }
        if not all(details.values()):
            return Answer(() if given else self._complaint(turn), slots=details)
        try:
            with self.context.sessions() as session:
                number, email = details["order_number"], details["order_email"]
                order = self.context.orders.find(session, number, email)
        except order_attempts.TooManyAttemptsError:
            # Both details end the form, and the order's action is refused in turn.
            return Answer((), slots=details)
        if order is not None:
            return Answer((), slots=details)
        failures = [*order_attempts.recent(turn.slots.get(order_attempts.SLOT), now), now]
        kept = _kept(given)
        slots = {name: details[name] if name == kept else None for name in _DETAILS}
        slots |= {order_attempts.SLOT: failures}
        if order_attempts.exhausted(failures, now):
            return Answer((), slots=slots | _ended())
        return Answer((Reply(self.context.voice.say("order-no-match")),), slots=slots)

    def _complaint(self, turn: Turn) -> tuple[Reply, ...]:
        """Says that the detail asked for is not in the message."""
        requested = turn.slots.get("requested_slot")
        if requested == "order_number":
            return (Reply(self.context.voice.say("order-no-number")),)
        if requested == "order_email":
            return (Reply(self.context.voice.say("order-no-email")),)
        return ()


def _ended() -> dict[str, Any]:
    """No further slot to ask for ends the form."""
    return {"requested_slot": None}


def _given(turn: Turn) -> dict[str, str]:
    """The details in the message. The bare number of "shoes under 1000" is none."""
    given = {name: turn.entities[name] for name in _DETAILS if name in turn.entities}
    if turn.intent not in _MEANT_FOR_THE_FORM and given.get("order_number", "").isdigit():
        del given["order_number"]
    return given


def _kept(given: dict[str, str]) -> str:
    """The detail that stays after a mismatch, so that the other one alone can correct it.

    It is the one given earlier, else the number, whichever is wrong: it tells nothing.
    """
    return "order_email" if "order_email" not in given else "order_number"
