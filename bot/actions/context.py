"""What the actions need from the service."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session, sessionmaker

from bot.actions.order_attempts import OrderLookup
from bot.checkout import CheckoutLinks
from bot.voice.voice import Voice
from recommender.search import SearchEngine


@dataclass(frozen=True, slots=True)
class ActionContext:
    """Made once by the service, and given to every action."""

    search: SearchEngine
    sessions: sessionmaker[Session]
    voice: Voice
    checkout: CheckoutLinks
    orders: OrderLookup = field(default_factory=OrderLookup)
    """Shared, because it counts the failures of all conversations."""
