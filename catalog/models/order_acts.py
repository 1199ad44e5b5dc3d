"""What was done to orders in chat, and the requests that must not be done twice."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Base, now
from catalog.types import SurrogateKey, UtcDateTime, enum_column_type


class ActOutcome(StrEnum):
    STARTED = "started"
    """And not settled yet."""
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    """Nothing was done."""
    UNKNOWN = "unknown"
    """The shop's system or this process went away in the middle: it may have been done."""


class OrderAudit(Base):
    """One row for each act on an order that a customer asked for, whatever came of it.

    It names nobody: neither an address nor an e-mail address.
    """

    __tablename__ = "order_audit"

    id: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    order_number: Mapped[str] = mapped_column(String(64), index=True)
    """As the customer gave it, without what is neither letter nor digit."""
    act: Mapped[str] = mapped_column(String(32))
    outcome: Mapped[ActOutcome] = mapped_column(enum_column_type(ActOutcome, 16))
    reason: Mapped[str] = mapped_column(String(64), default="")
    """Of a refusal or a failure."""
    verified_by: Mapped[str] = mapped_column(String(32))
    """How the customer proved who they are."""
    conversation_id: Mapped[str] = mapped_column(String(255), index=True)


class OrderRequest(Base):
    """A request to act, under a digest of who asked for what, so that a repeated one is known."""

    __tablename__ = "order_requests"
    __table_args__ = (
        # One act at a time on an order, whichever conversation or process it comes from.
        Index(
            "uq_order_requests_open",
            "order_number",
            unique=True,
            sqlite_where=text("result IS NULL"),
            postgresql_where=text("result IS NULL"),
        ),
    )

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    order_number: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    audit_id: Mapped[int] = mapped_column(SurrogateKey, ForeignKey("order_audit.id"), index=True)
    result: Mapped[str | None] = mapped_column(Text)
    """What the first one answered, as JSON; none while it is under way."""
