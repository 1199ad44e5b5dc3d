"""The one door to a shop's orders."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from bot.orders.address import Address
from bot.orders.capability import Capability
from bot.orders.outcome import AddressChanged, Cancelled, Refusal, ReturnStarted
from bot.orders.owner import Owner
from bot.orders.placed_order import PlacedOrder
from bot.orders.refund import Refund
from bot.orders.returns import PlacedReturn, ReturnItem


class OrderBackend(ABC):
    """An engine: where the orders are kept. Thread-safe.

    An order of somebody else is as one that does not exist. An engine overrides the methods of its
    `capabilities`; `OrderDesk` calls no other.

    All of them raise `OrderBackendError`, of one kind or another, if the engine can't be asked.
    """

    capabilities: frozenset[Capability]

    @abstractmethod
    def find(self, owner: Owner, number: str) -> PlacedOrder | None:
        """The owner's order of this number, however it is written."""

    @abstractmethod
    def recent(self, owner: Owner, limit: int) -> tuple[PlacedOrder, ...]:
        """The owner's latest orders, newest first."""

    def cancel(self, owner: Owner, number: str) -> Cancelled | Refusal:
        raise NotImplementedError(Capability.CANCEL)

    def change_address(
        self, owner: Owner, number: str, address: Address
    ) -> AddressChanged | Refusal:
        raise NotImplementedError(Capability.CHANGE_ADDRESS)

    def start_return(
        self, owner: Owner, number: str, items: Sequence[ReturnItem], pictures: str = ""
    ) -> ReturnStarted | Refusal:
        """
        Args:
            pictures: a link to what the customer has added, for the shop's people, which an engine
                capable of `RETURN_PICTURES` shows them; empty where there is none.
        """
        raise NotImplementedError(Capability.RETURN)

    def refunds(self, owner: Owner, number: str) -> tuple[Refund, ...] | None:
        """What went back for the order, newest first; None if the owner has no such order."""
        raise NotImplementedError(Capability.REFUNDS)

    def returns(self, owner: Owner, number: str) -> tuple[PlacedReturn, ...] | None:
        """What was asked to be sent back, newest first; None if the owner has no such order."""
        raise NotImplementedError(Capability.FOLLOW_RETURNS)

    def close(self) -> None:  # noqa: B027  # an engine without connections has nothing to close
        """Give back what it holds."""
