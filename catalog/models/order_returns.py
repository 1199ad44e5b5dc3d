"""What of an order comes back, and the money for it."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.models.base import Base, now
from catalog.types import Money, SurrogateKey, UtcDateTime, enum_column_type


class ReturnReason(StrEnum):
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    COLOR = "color"
    STYLE = "style"
    NOT_AS_DESCRIBED = "not_as_described"
    DEFECTIVE = "defective"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    CHANGED_MIND = "changed_mind"
    OTHER = "other"


class ReturnCondition(StrEnum):
    UNUSED = "unused"
    """As it was sold: complete, with its tags."""
    USED = "used"


class ReturnStatus(StrEnum):
    REQUESTED = "requested"
    RECEIVED = "received"
    CLOSED = "closed"
    REJECTED = "rejected"


class RefundStatus(StrEnum):
    PENDING = "pending"
    RECORDED = "recorded"
    """The shop has put it down, and pays it by hand."""
    DONE = "done"
    FAILED = "failed"


class OrderReturn(Base):
    """A customer's request to send lines of an order back, for their money or for another variant.

    The shop's people set `status`, and write the label's address if they make one for each.
    """

    __tablename__ = "order_returns"

    number: Mapped[str] = mapped_column(String(80), primary_key=True)
    """`A1001-R1`: what stands on the parcel."""
    order_number: Mapped[str] = mapped_column(
        ForeignKey("orders.number", ondelete="CASCADE"), index=True
    )
    status: Mapped[ReturnStatus] = mapped_column(enum_column_type(ReturnStatus, 32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    label_url: Mapped[str] = mapped_column(Text, default="")

    lines: Mapped[list["OrderReturnLine"]] = relationship(
        cascade="all, delete-orphan", order_by="OrderReturnLine.item"
    )


class OrderReturnLine(Base):
    __tablename__ = "order_return_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["order_number", "position"],
            ["order_lines.order_number", "order_lines.position"],
            ondelete="CASCADE",
        ),
        Index(None, "order_number", "position"),
    )

    return_number: Mapped[str] = mapped_column(
        ForeignKey("order_returns.number", ondelete="CASCADE"), primary_key=True
    )
    item: Mapped[int] = mapped_column(primary_key=True)
    """Its place in the return: of three shirts two may go back and one be exchanged."""
    order_number: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    """Of the order's line."""
    quantity: Mapped[int]
    reason: Mapped[ReturnReason] = mapped_column(enum_column_type(ReturnReason, 32))
    condition: Mapped[ReturnCondition] = mapped_column(enum_column_type(ReturnCondition, 32))
    note: Mapped[str] = mapped_column(Text, default="")
    """What the customer said of it."""
    exchange_variant_id: Mapped[str | None] = mapped_column(
        ForeignKey("variants.id", ondelete="SET NULL"), index=True
    )
    """What they want in its place; none is their money."""


class OrderRefund(Base):
    __tablename__ = "order_refunds"

    id: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    order_number: Mapped[str] = mapped_column(
        ForeignKey("orders.number", ondelete="CASCADE"), index=True
    )
    amount: Mapped[Decimal] = mapped_column(Money)
    """In the order's currency."""
    status: Mapped[RefundStatus] = mapped_column(enum_column_type(RefundStatus, 32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
