"""Who proved to be which customer, and what was tried to do so."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Base
from catalog.types import SurrogateKey, UtcDateTime


class ProvedIdentity(Base):
    """The customer who speaks in a conversation from one device."""

    __tablename__ = "proved_identities"

    conversation_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    customer_id: Mapped[str | None] = mapped_column(String(255))
    """Not a foreign key: a shop may keep its customers elsewhere."""
    email: Mapped[str] = mapped_column(String(320))
    method: Mapped[str] = mapped_column(String(16))
    verified_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class OneTimeCode(Base):
    """A code that was asked for. One for an order that does not exist looks the same."""

    __tablename__ = "one_time_codes"

    id: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(255), index=True)
    device_id: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str] = mapped_column(String(64))
    """HMAC-SHA256; the key is in a file."""
    address_hash: Mapped[str] = mapped_column(String(64))
    """Of order and address as they were typed, which attempts are counted by."""
    email: Mapped[str | None] = mapped_column(String(320))
    """None where order and address don't belong together: no code proves anything then."""
    customer_id: Mapped[str | None] = mapped_column(String(255))
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class IdentityAttempt(Base):
    """One try to get, or to guess, a code: counted by conversation, by address and in total."""

    __tablename__ = "identity_attempts"
    __table_args__ = (Index("ix_identity_attempts_counted", "kind", "subject", "at"),)

    id: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(255))
    """A conversation's id, or the hash of an address; empty counts all."""
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ChannelLink(Base):
    """A sender of a messaging channel who has proved to be this customer."""

    __tablename__ = "channel_links"

    channel: Mapped[str] = mapped_column(String(64), primary_key=True)
    sender_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    customer_id: Mapped[str | None] = mapped_column(String(255))
    email: Mapped[str] = mapped_column(String(320))
    method: Mapped[str] = mapped_column(String(16))
    """Of the proof that the link was made after."""
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
