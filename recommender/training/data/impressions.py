"""Each time that a product was shown for a query, and what the customer did with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from recommender.training.data.events import Event, EventKind

WORTH = {EventKind.CLICK: 1.0, EventKind.CART: 2.0, EventKind.PURCHASE: 4.0}
"""What an impression is worth that came to this and no further."""
_REMEMBERED = timedelta(days=30)
"""So long after a click in a search, what a customer does with the product is put down to it."""
_DISAPPOINTED = 2
"""Stars up to which a purchase was none."""


@dataclass(slots=True)
class Impression:
    query: str
    product_id: str
    position: int | None
    time: datetime
    worth: float = 0.0
    """Of the furthest that the customer went; 0 where the product was passed over."""


def impressions_of(events: Iterable[Event]) -> list[Impression]:
    """The impressions in searches.

    A click without an impression stands for one. A cart, purchase or rating without a query is put
    down to the customer's last click on that product in a search; where there was none it says
    nothing of any query, and counts nowhere. So does an impression or click without a query, on a
    shelf or an advertisement. After a rating of one or two stars a purchase is worth a click: it
    looked right, and was not.

    Args:
        events: in the order of time, as `in_order` sorts them.
    """
    impressions: list[Impression] = []
    shown: dict[tuple[str, str, str], Impression] = {}
    clicked: dict[tuple[str, str], Impression] = {}
    for event in events:
        search = (event.customer, event.query, event.product_id)
        taken = (event.customer, event.product_id)
        if event.kind in (EventKind.IMPRESSION, EventKind.CLICK):
            if not event.query:
                continue
            impression = shown.get(search)
            if impression is None or event.kind is EventKind.IMPRESSION:
                impression = Impression(event.query, event.product_id, event.position, event.time)
                impressions.append(impression)
                shown[search] = impression
            if event.kind is EventKind.CLICK:
                impression.worth = max(impression.worth, WORTH[EventKind.CLICK])
                clicked[taken] = impression
            continue
        before = shown.get(search) if event.query else clicked.get(taken)
        if before is None or event.time - before.time > _REMEMBERED:
            continue
        if event.kind is not EventKind.RATING:
            before.worth = max(before.worth, WORTH[event.kind])
        elif event.rating is not None and event.rating <= _DISAPPOINTED:
            before.worth = min(before.worth, WORTH[EventKind.CLICK])
    return impressions
