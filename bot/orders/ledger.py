"""What was asked of orders: done once, and written down whatever came of it."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.orders.request import CustomerRequest
from catalog.models import ActOutcome, OrderAudit, OrderRequest
from catalog.orders import order_key

LEASE = timedelta(minutes=5)
"""Longer than any act takes: a request that is open for longer was left behind by a crash."""
_WAIT_SECONDS = 8.0


class OrderBusyError(Exception):
    """Another act on the same order is still under way."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An act that is to be done now, and then settled."""

    key: str
    audit_id: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """A request that was answered before."""

    outcome: ActOutcome
    result: str


class OrderLedger:
    """Shared by every process of the shop, through its database."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        wait_seconds: float = _WAIT_SECONDS,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._wait_seconds = wait_seconds

    def begin(
        self, act: str, number: str, request: CustomerRequest, arguments: Any
    ) -> Begun | Repeated:
        """Writes down that the act begins, unless the same request was answered already.

        While another act on the order is under way it waits: for the same message, delivered twice
        at once, the second gets the first one's answer.

        Args:
            arguments: What else tells one request from another, as JSON takes it.

        Raises:
            OrderBusyError: the other one took too long. That is written down too.
        """
        named = order_key(number)[:64]
        key = _digest(act, named, request, arguments)
        deadline = time.monotonic() + self._wait_seconds
        while True:
            try:
                with self._sessions.begin() as session:
                    self._clear_abandoned(session)
                    known = session.get(OrderRequest, key)
                    if known is not None and known.result is not None:
                        outcome = session.get_one(OrderAudit, known.audit_id).outcome
                        return Repeated(outcome, known.result)
                    audit = self._audit(act, named, request, ActOutcome.STARTED)
                    session.add(audit)
                    session.flush()
                    session.execute(
                        insert(OrderRequest).values(
                            key=key,
                            order_number=named,
                            started_at=self._clock(),
                            audit_id=audit.id,
                        )
                    )
                    return Begun(key, audit.id)
            except IntegrityError:
                if time.monotonic() > deadline:
                    break
                time.sleep(0.05)
        with self._sessions.begin() as session:
            session.add(self._audit(act, named, request, ActOutcome.REFUSED, "in_progress"))
        raise OrderBusyError

    def settle(self, begun: Begun, outcome: ActOutcome, reason: str, result: str) -> None:
        """The act is done or refused, and the same request will be answered with `result`."""
        with self._sessions.begin() as session:
            _settle_audit(session, begun, outcome, reason)
            session.execute(
                update(OrderRequest)
                .where(OrderRequest.key == begun.key, OrderRequest.audit_id == begun.audit_id)
                .values(result=result)
            )

    def fail(self, begun: Begun, outcome: ActOutcome, reason: str) -> None:
        """It came to nothing: the same request may be tried again."""
        with self._sessions.begin() as session:
            _settle_audit(session, begun, outcome, reason)
            session.execute(
                delete(OrderRequest).where(
                    OrderRequest.key == begun.key, OrderRequest.audit_id == begun.audit_id
                )
            )

    def _clear_abandoned(self, session: Session) -> None:
        """Also begins the transaction with a write, which SQLite wants before it reads."""
        abandoned = (
            OrderRequest.result.is_(None),
            OrderRequest.started_at < self._clock() - LEASE,
        )
        session.execute(
            update(OrderAudit)
            .where(OrderAudit.id.in_(select(OrderRequest.audit_id).where(*abandoned)))
            .values(outcome=ActOutcome.UNKNOWN, reason="abandoned")
            .execution_options(synchronize_session=False)
        )
        session.execute(
            delete(OrderRequest).where(*abandoned).execution_options(synchronize_session=False)
        )

    def _audit(
        self,
        act: str,
        number: str,
        request: CustomerRequest,
        outcome: ActOutcome,
        reason: str = "",
    ) -> OrderAudit:
        return OrderAudit(
            at=self._clock(),
            order_number=number,
            act=act,
            outcome=outcome,
            reason=reason,
            verified_by=request.verified_by,
            conversation_id=request.conversation_id,
        )


def _settle_audit(session: Session, begun: Begun, outcome: ActOutcome, reason: str) -> None:
    session.execute(
        update(OrderAudit)
        .where(OrderAudit.id == begun.audit_id)
        .values(outcome=outcome, reason=reason)
    )


def _digest(act: str, number: str, request: CustomerRequest, arguments: Any) -> str:
    """Of everything: a message sent again is the same request, the next one is another."""
    owner = request.owner
    whole = [
        request.conversation_id,
        request.id,
        owner.email,
        owner.customer_id,
        act,
        number,
        arguments,
    ]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
