"""What customers thought of the help they got."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Base, now
from catalog.types import SurrogateKey, UtcDateTime, enum_column_type


class SupportKind(StrEnum):
    """Who helped."""

    ASSISTANT = "assistant"
    PERSON = "person"


class Satisfaction(Base):
    """One tap after support, from 1 to 5; up is 5 and down is 1."""

    __tablename__ = "satisfaction"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="ck_satisfaction_score"),)

    id: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(255), index=True)
    kind: Mapped[SupportKind] = mapped_column(enum_column_type(SupportKind, 16))
    topic: Mapped[str] = mapped_column(String(64), default="")
    """What it was about: an act's name."""
    score: Mapped[int]
    comment: Mapped[str] = mapped_column(String(500), default="")
    """Without personal data: it was taken out before."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
