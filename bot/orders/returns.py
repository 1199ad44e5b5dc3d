"""What a customer wants to send back, and on which terms the shop takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.orders.placed_order import PlacedOrder
from catalog.models import ReturnCondition, ReturnReason, ReturnStatus

FAULTS = frozenset(
    {
        ReturnReason.DEFECTIVE,
        ReturnReason.DAMAGED,
        ReturnReason.WRONG_ITEM,
        ReturnReason.NOT_AS_DESCRIBED,
    }
)
"""The shop's own: what it sent wrong may have been tried."""


@dataclass(frozen=True, slots=True)
class ReturnItem:
    """So many of a line."""

    line_id: str
    quantity: int
    reason: ReturnReason
    condition: ReturnCondition = ReturnCondition.UNUSED
    note: str = ""
    """What the customer says of it, in their own words."""
    exchange_for: str | None = None
    """The variant that they want in its place; none is their money."""


@dataclass(frozen=True, slots=True)
class PlacedReturn:
    """A return that was asked for before."""

    number: str
    status: ReturnStatus
    created_at: datetime
    lines: Mapping[str, int]
    """How many of each line, by its id."""
    label_url: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to come of it."""
        return self.status in (ReturnStatus.REQUESTED, ReturnStatus.RECEIVED)


@dataclass(frozen=True, slots=True)
class ReturnTerms:
    days: int = 30
    """From the day of delivery, which is day 0."""
    send_to: str = ""
    """Where returns go; empty where the label says it."""
    label_url: str = ""
    """Where a label is printed; `{number}` stands for the return's."""

    def last_day(self, order: PlacedOrder) -> date | None:
        """None while nothing has arrived."""
        arrived = order.delivered_at or order.shipped_at
        return None if arrived is None else arrived.date() + timedelta(days=self.days)

    def label_of(self, number: str) -> str:
        return self.label_url.replace("{number}", number)
