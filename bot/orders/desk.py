"""Where the assistant asks for orders, and for acts on them."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import TypeAdapter
from pydantic_core import to_json, to_jsonable_python
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot.identity.identity import Identity
from bot.orders import rules
from bot.orders.address import Address
from bot.orders.capability import Capability
from bot.orders.errors import BackendUnavailableError, OrderBackendError
from bot.orders.ledger import Begun, OrderBusyError, OrderLedger, Repeated
from bot.orders.outcome import (
    AddressChanged,
    Cancelled,
    Refusal,
    RefusalReason,
    ReturnStarted,
)
from bot.orders.owner import Owner
from bot.orders.placed_order import PlacedOrder
from bot.orders.port import OrderBackend
from bot.orders.refund import Refund
from bot.orders.reorder import ReorderLine, reorder_lines
from bot.orders.request import CustomerRequest
from bot.orders.returns import PlacedReturn, ReturnItem, ReturnTerms
from catalog.models import ActOutcome
from catalog.orders import order_key

logger = logging.getLogger(__name__)

_LONGEST_NUMBER = 24
_MOST_LETTERS = 8
_Done = TypeVar("_Done", Cancelled, AddressChanged, ReturnStarted)


class OrderDesk:
    """An engine, with a ledger before it: each act is done once and leaves one row of audit.

    What only looks at an order takes its `Owner`; what changes it takes the `CustomerRequest`. All
    of them raise `OrderBackendError`.
    """

    def __init__(
        self,
        backend: OrderBackend,
        sessions: sessionmaker[Session],
        terms: ReturnTerms,
        ledger: OrderLedger | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._backend = backend
        self._sessions = sessions
        self._clock = clock
        self._ledger = ledger or OrderLedger(sessions, clock)
        self.terms = terms

    @property
    def capabilities(self) -> frozenset[Capability]:
        return self._backend.capabilities

    def find(self, owner: Owner, number: str) -> PlacedOrder | None:
        """The owner's order of this number; None if they have none."""
        return self._backend.find(owner, number) if _number(number) else None

    def customer_of(self, number: str, email: str) -> Identity | None:
        """Who ordered it, if that was under this address: whom a code may be sent to.

        Args:
            number: Of one of their orders; empty for whichever there is.
        """
        email = email.strip()
        if not email or not email.isprintable():
            return None  # nobody's, and databases refuse some of what does not print
        owner = Owner(email)
        has_it = self.find(owner, number) is not None if number else self.recent(owner, limit=1)
        return Identity(None, owner.email) if has_it else None

    def recent(self, owner: Owner, limit: int = 5) -> tuple[PlacedOrder, ...]:
        """The owner's latest orders, newest first."""
        return self._backend.recent(owner, limit)

    def refunds(self, owner: Owner, number: str) -> tuple[Refund, ...] | Refusal:
        """What went back for an order, newest first."""
        if refusal := self._refuses(Capability.REFUNDS, number):
            return refusal
        found = self._backend.refunds(owner, number)
        return Refusal(RefusalReason.NOT_FOUND, number) if found is None else found

    def returns(self, owner: Owner, number: str) -> tuple[PlacedReturn, ...]:
        """The returns of an order, newest first; none where the engine does not tell of them."""
        if Capability.FOLLOW_RETURNS not in self.capabilities:
            return ()
        return self._backend.returns(owner, number) or ()

    def refuses_invoice(self, order: PlacedOrder) -> Refusal | None:
        """Whether the engine doesn't know what all of an order's sums are."""
        return self._refuses(Capability.INVOICE, order.number)

    def reorder(self, order: PlacedOrder) -> tuple[ReorderLine, ...] | Refusal:
        """What would have to be put in the cart to order the same again."""
        if refusal := self._refuses(Capability.REORDER, order.number):
            return refusal
        try:
            with self._sessions() as session:
                return reorder_lines(session, order)
        except SQLAlchemyError as error:
            raise _unavailable(error) from error

    def refuses_to_cancel(self, order: PlacedOrder) -> Refusal | None:
        """To know before the customer is asked whether they are sure."""
        return self._refuses(Capability.CANCEL, order.number) or rules.refuses_to_cancel(order)

    def refuses_address(self, order: PlacedOrder, address: Address | None = None) -> Refusal | None:
        """Whether another address can be taken, or this one."""
        refusal = self._refuses(Capability.CHANGE_ADDRESS, order.number)
        return refusal or rules.refuses_address(order, address)

    def refuses_return(
        self, order: PlacedOrder, items: Sequence[ReturnItem] | None = None
    ) -> Refusal | None:
        """Whether anything can be sent back now, or just these."""
        if refusal := self._refuses_items(order.number, items or ()):
            return refusal
        if items is None:
            return rules.refuses_return(order, self.terms, self._clock())
        return rules.refuses_items(order, items, self.terms, self._clock())

    def cancel(self, request: CustomerRequest, number: str) -> Cancelled | Refusal:
        return self._act(
            Cancelled,
            Capability.CANCEL,
            request,
            number,
            None,
            lambda: self._backend.cancel(request.owner, number),
        )

    def change_address(
        self, request: CustomerRequest, number: str, address: Address
    ) -> AddressChanged | Refusal:
        return self._act(
            AddressChanged,
            Capability.CHANGE_ADDRESS,
            request,
            number,
            address,
            lambda: self._backend.change_address(request.owner, number, address),
        )

    def start_return(
        self,
        request: CustomerRequest,
        number: str,
        items: Sequence[ReturnItem],
        pictures: str = "",
    ) -> ReturnStarted | Refusal:
        """A return, or an exchange where an item says for what.

        Args:
            pictures: a link for the shop's people. It is no part of what tells one request from
                another: the same message sent again brings another link.
        """
        chosen = tuple(items)

        def act() -> ReturnStarted | Refusal:
            if refusal := self._refuses_items(number, chosen):
                return refusal
            return self._backend.start_return(request.owner, number, chosen, pictures)

        return self._act(ReturnStarted, Capability.RETURN, request, number, chosen, act)

    def close(self) -> None:
        self._backend.close()

    def _refuses(self, capability: Capability, number: str) -> Refusal | None:
        if capability in self.capabilities:
            return None
        return Refusal(RefusalReason.NOT_OFFERED, number)

    def _refuses_items(self, number: str, items: Sequence[ReturnItem]) -> Refusal | None:
        refusal = self._refuses(Capability.RETURN, number)
        if refusal is None and any(item.exchange_for for item in items):
            return self._refuses(Capability.EXCHANGE, number)
        return refusal

    def _act(
        self,
        kind: type[_Done],
        capability: Capability,
        request: CustomerRequest,
        number: str,
        arguments: object,
        act: Callable[[], _Done | Refusal],
    ) -> _Done | Refusal:
        named = _number(number)
        try:
            begun = self._ledger.begin(capability, named, request, to_jsonable_python(arguments))
        except OrderBusyError:
            return Refusal(RefusalReason.IN_PROGRESS, named)
        except SQLAlchemyError as error:
            # An act that could not be written down is not done.
            raise _unavailable(error) from error
        if isinstance(begun, Repeated):
            if begun.outcome is ActOutcome.REFUSED:
                return TypeAdapter(Refusal).validate_json(begun.result)
            return TypeAdapter(kind).validate_json(begun.result)
        try:
            refusal = self._refuses(capability, named)
            if refusal is None and not named:
                refusal = Refusal(RefusalReason.NOT_FOUND, named)
            outcome = refusal or act()
        except BaseException as error:
            self._failed(begun, error)
            raise
        settled, reason = ActOutcome.DONE, ""
        if isinstance(outcome, Refusal):
            settled, reason = ActOutcome.REFUSED, outcome.reason
        try:
            self._ledger.settle(begun, settled, reason, to_json(outcome).decode())
        except SQLAlchemyError as error:
            # It is done, and its customer should hear so; the audit says that it was started.
            logger.error("an act on an order was not settled: %s", type(error).__name__)
        return outcome

    def _failed(self, begun: Begun, error: BaseException) -> None:
        # What is none of the backend's errors may have come at any point.
        certain = isinstance(error, OrderBackendError) and not error.may_have_acted
        outcome = ActOutcome.FAILED if certain else ActOutcome.UNKNOWN
        try:
            self._ledger.fail(begun, outcome, type(error).__name__)
        except SQLAlchemyError as second:
            logger.error("a failed act was not settled: %s", type(second).__name__)


def _number(text: str) -> str:
    """Empty if it can be none: whatever else was taken for one must not get into the audit."""
    key = order_key(text)
    letters = sum(map(str.isalpha, key))
    is_one = "@" not in text and letters <= _MOST_LETTERS and letters < len(key) <= _LONGEST_NUMBER
    return text.strip() if is_one else ""


def _unavailable(error: SQLAlchemyError) -> BackendUnavailableError:
    # Not its message: it has the statement with its values in it.
    return BackendUnavailableError(f"the database: {type(error).__name__}")
