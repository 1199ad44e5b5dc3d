"""Money that goes back for an order."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from catalog.models import RefundStatus


@dataclass(frozen=True, slots=True)
class Refund:
    amount: Decimal
    currency: str
    status: RefundStatus
    created_at: datetime
    settled_at: datetime | None = None
