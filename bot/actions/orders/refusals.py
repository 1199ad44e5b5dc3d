"""Why something can't be done with an order, and what can be done instead."""

from bot.actions.context import ActionContext
from bot.actions.support.contact import ways_to_people
from bot.orders.outcome import Refusal, RefusalReason
from bot.orders.placed_order import PlacedOrder
from bot.voice.voice import Voice

_RETURN_INSTEAD = frozenset({RefusalReason.ALREADY_SHIPPED, RefusalReason.ALREADY_DELIVERED})
_PEOPLE_INSTEAD = frozenset(
    {
        RefusalReason.NOT_OFFERED,
        RefusalReason.DECLINED,
        RefusalReason.OTHER_COUNTRY,
        RefusalReason.TOO_LATE,
        RefusalReason.USED,
    }
)


def said(voice: Voice, act: str, refusal: Refusal, order: PlacedOrder | None) -> str:
    lines = () if order is None else order.lines
    title = next((line.title for line in lines if line.id == refusal.line_id), "none")
    return voice.say(
        "order-refused",
        reason=refusal.reason.value,
        act=act,
        number=refusal.number,
        title=title,
        # A date of the distant past stands where none is told.
        until=refusal.until or "none",
        quantity=refusal.quantity or 0,
    )


def ways_on(context: ActionContext, refusal: Refusal) -> tuple[str, ...]:
    voice = context.voice
    if refusal.reason in _RETURN_INSTEAD:
        return (voice.say("start-return"), voice.say("start-returns"))
    if refusal.reason in _PEOPLE_INSTEAD:
        return ways_to_people(context)
    return ()
