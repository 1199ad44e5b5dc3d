"""Who asks for an act on an order, where, and how they proved who they are."""

from dataclasses import dataclass

from bot.orders.owner import Owner


@dataclass(frozen=True, slots=True)
class CustomerRequest:
    owner: Owner
    verified_by: str
    """`shop_token`, `one_time_code`, …: it stands in the audit."""
    conversation_id: str
    id: str
    """The same for the same message sent again, another for another: the act is done once."""
