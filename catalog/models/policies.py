"""The shop's help pages."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Base, now
from catalog.types import UtcDateTime


class Policy(Base):
    """One help page of the shop: shipping, returns, warranty, payment, privacy."""

    __tablename__ = "policies"

    slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(255))
    body: Mapped[str] = mapped_column(Text)
    """Markdown."""
    url: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Where the shop has this page; empty where only Aisle shows it, under /policies."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)
