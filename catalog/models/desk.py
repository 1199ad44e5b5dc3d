"""Conversations that a person has taken over, and what is on its way to and from the desk."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.models.base import Base, now
from catalog.types import SurrogateKey, UtcDateTime, enum_column_type


class HandOff(StrEnum):
    """Where a conversation stands that was given to a person."""

    OPEN = "open"
    ANSWERED = "answered"
    HANDED_BACK = "handed_back"


class Destination(StrEnum):
    DESK = "desk"
    CUSTOMER = "customer"


class DeliveryKind(StrEnum):
    OPEN = "open"
    """The ticket itself: first in its line to the desk."""
    MESSAGE = "message"
    """What one side says to the other."""
    NOTE = "note"
    """What happened, for the desk alone."""


class DeskTicket(Base):
    """A conversation in the hands of people. One at most is not handed back yet."""

    __tablename__ = "desk_tickets"
    __table_args__ = (
        Index(
            "uq_desk_tickets_open",
            "conversation_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(255), index=True)
    channel: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(32))
    state: Mapped[HandOff] = mapped_column(enum_column_type(HandOff, 16), default=HandOff.OPEN)
    email: Mapped[str | None] = mapped_column(String(320), index=True)
    """Of a customer who has proved it; in lower case."""
    verified_by: Mapped[str | None] = mapped_column(String(32))
    summary: Mapped[list[Any]] = mapped_column(JSON)
    transcript: Mapped[list[Any]] = mapped_column(JSON)
    external_id: Mapped[str | None] = mapped_column(String(255))
    """What the desk calls it; unknown until it has it."""
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    outbox: Mapped[list["DeskDelivery"]] = relationship(
        back_populates="ticket", cascade="all, delete-orphan", order_by="DeskDelivery.id"
    )


class DeskDelivery(Base):
    """One thing to deliver, stored in the transaction that it comes from."""

    __tablename__ = "desk_outbox"

    id: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    """Counts up: the order in which each ticket's are delivered."""
    ticket_id: Mapped[str] = mapped_column(
        ForeignKey("desk_tickets.id", ondelete="CASCADE"), index=True
    )
    destination: Mapped[Destination] = mapped_column(enum_column_type(Destination, 16))
    kind: Mapped[DeliveryKind] = mapped_column(enum_column_type(DeliveryKind, 16))
    key: Mapped[str] = mapped_column(String(255), unique=True)
    """The same however often it is sent, so that who gets it twice can tell."""
    author: Mapped[str] = mapped_column(String(255), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    """Not before then; while a worker has it, when another may take it for lost."""
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Text, default="")
    """Why the last attempt failed."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    ticket: Mapped[DeskTicket] = relationship(back_populates="outbox")


Index(
    "ix_desk_outbox_waiting",
    DeskDelivery.due_at,
    sqlite_where=text("delivered_at IS NULL"),
    postgresql_where=text("delivered_at IS NULL"),
)
