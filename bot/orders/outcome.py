"""What comes of an act on an order."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class RefusalReason(StrEnum):
    NOT_FOUND = "not_found"
    """There is none, or it is somebody else's."""
    NOT_OFFERED = "not_offered"
    """The shop's system can't do it."""
    IN_PROGRESS = "in_progress"
    """Something else is being done to this order at this moment."""
    DECLINED = "declined"
    """The shop's system would not, and its reason is none of these."""
    ALREADY_CANCELLED = "already_cancelled"
    ALREADY_SHIPPED = "already_shipped"
    ALREADY_DELIVERED = "already_delivered"
    ALREADY_REFUNDED = "already_refunded"
    RETURN_UNDER_WAY = "return_under_way"
    INCOMPLETE_ADDRESS = "incomplete_address"
    OTHER_COUNTRY = "other_country"
    """Shipping and taxes would be others."""
    NOTHING_CHOSEN = "nothing_chosen"
    UNKNOWN_LINE = "unknown_line"
    NOT_DELIVERED = "not_delivered"
    TOO_LATE = "too_late"
    """The days in which things can be sent back are over: see `until`."""
    TOO_MANY = "too_many"
    """More than were bought, or than have not been sent back yet: see `quantity`."""
    USED = "used"
    UNKNOWN_VARIANT = "unknown_variant"
    OTHER_PRODUCT = "other_product"
    """An exchange is for another size or colour."""
    OTHER_PRICE = "other_price"
    OUT_OF_STOCK = "out_of_stock"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was done, and this is why."""

    reason: RefusalReason
    number: str
    line_id: str | None = None
    """The line that it is about."""
    until: date | None = None
    """The last day on which it could have been."""
    quantity: int | None = None
    """How many of the line could be."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    number: str
    currency: str
    refund: Decimal | None = None
    """What was paid and goes back; None if nothing was paid."""
    refund_is_under_way: bool = False
    """If not, the shop's people still have to send it."""
    is_final: bool = True
    """If not, the shop's system has taken it on and is still at it."""


@dataclass(frozen=True, slots=True)
class AddressChanged:
    number: str


@dataclass(frozen=True, slots=True)
class ReturnStarted:
    number: str
    """The order's."""
    return_number: str
    is_exchange: bool = False
    """All of it; a return of several lines may be some of both."""
    needs_approval: bool = False
    """The shop looks at it first, and sends the label afterwards."""
    label_url: str = ""
    send_to: str = ""
