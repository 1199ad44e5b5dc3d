"""Codes that take something off a cart."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Base
from catalog.types import Money, UtcDateTime, enum_column_type


class VoucherKind(StrEnum):
    PERCENT = "percent"
    FIXED = "fixed"


class Voucher(Base):
    """A code that takes something off the price of a cart."""

    __tablename__ = "vouchers"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    """In upper case."""
    kind: Mapped[VoucherKind] = mapped_column(enum_column_type(VoucherKind, 16))
    value: Mapped[Decimal] = mapped_column(Money)
    """So many percent, or an amount."""
    currency: Mapped[str] = mapped_column(String(3), default="")
    """Of the amounts; empty is the cart's."""
    threshold: Mapped[Decimal | None] = mapped_column(Money)
    """What the products that it counts for must come to, at least."""
    cap: Mapped[Decimal | None] = mapped_column(Money)
    """What it takes off at most."""
    brand: Mapped[str] = mapped_column(String(255), default="")
    """It counts for this brand only; empty is any."""
    valid_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    valid_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The first moment at which it counts no more."""
    public: Mapped[bool] = mapped_column(default=False)
    """Whether customers who ask for vouchers may be told of it."""
