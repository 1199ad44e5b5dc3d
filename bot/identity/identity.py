"""What is known of a customer who has proved who they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FRESH = timedelta(minutes=10)
"""How new a proof must be for what cannot be taken back, such as a new address."""


class Method(StrEnum):
    """How it was proved."""

    SHOP_TOKEN = "shop_token"  # noqa: S105 - no secret
    CODE = "code"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Identity:
    """A customer, as a token, a code or a link names them."""

    customer_id: str | None
    """The shop's own; None where only the address was proved."""
    email: str
    """In lower case."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class VerifiedIdentity:
    """Who speaks in a conversation from one device, for a while."""

    conversation_id: str
    customer_id: str | None
    email: str
    method: Method
    verified_at: datetime
    expires_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether it was proved, newly enough for a sensitive act. A link proves nothing new."""
        return self.method is not Method.LINK and now - self.verified_at <= FRESH
