"""Requests to be written to when something changes."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Base, now
from catalog.types import Money, SurrogateKey, UtcDateTime, enum_column_type


class NoticeKind(StrEnum):
    BACK_IN_STOCK = "back_in_stock"
    PRICE_DROP = "price_drop"


class Notice(Base):
    """A customer's request to be written to, once, when a variant is back or costs less."""

    __tablename__ = "notices"
    __table_args__ = (
        Index(
            "uq_notices_open",
            "email",
            "variant_id",
            "kind",
            unique=True,
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    """As given, its domain in lower case."""
    variant_id: Mapped[str] = mapped_column(String(255), index=True)
    """Not a foreign key: a product that leaves the shop's feed may come back."""
    kind: Mapped[NoticeKind] = mapped_column(enum_column_type(NoticeKind, 16))
    price: Mapped[Decimal | None] = mapped_column(Money)
    """When it was asked for: what a drop is measured from."""
    below: Mapped[Decimal | None] = mapped_column(Money)
    """A price that the customer named: nothing above it is worth a notice."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
