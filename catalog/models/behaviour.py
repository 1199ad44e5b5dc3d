"""What customers did with what they were shown."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Base, now
from catalog.types import SurrogateKey, UtcDateTime, enum_column_type


class BehaviourKind(StrEnum):
    """As a behaviour log names them (recommender/training/data/events.py)."""

    IMPRESSION = "impression"
    CLICK = "click"
    CART = "cart"


class Behaviour(Base):
    """One product that came into sight for a search, was looked at, or went into the cart."""

    __tablename__ = "behaviour"
    __table_args__ = (CheckConstraint("position >= 1", name="ck_behaviour_position"),)

    id: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(255), index=True)
    event: Mapped[BehaviourKind] = mapped_column(enum_column_type(BehaviourKind, 16))
    product_id: Mapped[str] = mapped_column(String(255))
    """The variant that the card showed."""
    query: Mapped[str] = mapped_column(String(1000))
    """What was searched for, without the constraints."""
    position: Mapped[int]
    """In the list that was shown, from 1."""
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
