"""Delivers what is stored for the desk and for the customers, each line in its order.

At least once: a worker that dies after sending and before it says so has sent for nothing, and
another sends again with the same key.
"""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, exists, select, update
from sqlalchemy.orm import Session, aliased, sessionmaker

from bot.desk.customer_channel import ChannelError, ConversationGoneError, CustomerChannel
from bot.desk.port import Desk, DeskError
from bot.desk.ticket import Fact, Line, Message, Proof, Reason, Ticket
from catalog.models import DeliveryKind, DeskDelivery, DeskTicket, Destination

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
"""After which a worker that said nothing is taken for dead: longer than all requests of one
delivery may take together."""
_FIRST_SECONDS = 2.0
_LONGEST_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class _Claim:
    id: int
    attempts: int
    destination: Destination
    kind: DeliveryKind
    key: str
    author: str
    body: str
    external_id: str
    ticket: Ticket


class Outbox:
    """Any number of them, in any number of processes, share the work."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        desk: Desk,
        channel: CustomerChannel,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._sessions = sessions
        self._desk = desk
        self._channel = channel
        self._clock = clock

    def deliver_due(self) -> int:
        """Delivers until nothing is due; says how much."""
        delivered = 0
        while (claim := self._claim()) is not None:
            delivered += self._deliver(claim)
        return delivered

    def _deliver(self, claim: _Claim) -> bool:
        try:
            external_id = self._send(claim)
        except ConversationGoneError:
            # Erased, or never there: nobody is waiting for it.
            self._finish(claim, error="The conversation is gone.")
            return False
        except (DeskError, ChannelError) as error:
            self._postpone(claim, str(error), getattr(error, "retry_after", None))
            return False
        except Exception as error:
            logger.exception("The delivery %d of the desk's outbox failed", claim.id)
            self._postpone(claim, type(error).__name__, None)
            return False
        self._finish(claim, external_id=external_id)
        return True

    def _send(self, claim: _Claim) -> str | None:
        """Returns the desk's name for a ticket that is new to it."""
        if claim.destination is Destination.CUSTOMER:
            ticket = claim.ticket
            self._channel.deliver(ticket.conversation_id, f"d{claim.id}", claim.author, claim.body)
            return None
        if claim.kind is DeliveryKind.OPEN:
            return self._desk.open(claim.ticket, claim.key)
        message = Message(claim.key, claim.body, claim.kind is DeliveryKind.NOTE)
        self._desk.append(claim.ticket, claim.external_id, message)
        return None

    def _claim(self) -> _Claim | None:
        """The next one that is due, kept from other workers for the lease."""
        earlier = aliased(DeskDelivery)
        is_behind = exists().where(
            earlier.ticket_id == DeskDelivery.ticket_id,
            earlier.destination == DeskDelivery.destination,
            earlier.delivered_at.is_(None),
            earlier.id < DeskDelivery.id,
        )
        now = self._clock()
        is_due = (DeskDelivery.delivered_at.is_(None), DeskDelivery.due_at <= now)
        first = (
            select(DeskDelivery.id)
            .where(*is_due, ~is_behind)
            .order_by(DeskDelivery.due_at, DeskDelivery.id)
            .limit(1)
            # PostgreSQL: the others take another one. SQLite knows no such lock: there the
            # update's own condition decides.
            .with_for_update(skip_locked=True, of=DeskDelivery)
        )
        with self._sessions.begin() as session:
            while (id := session.scalar(first)) is not None:
                taken: CursorResult[Any] = session.connection().execute(
                    update(DeskDelivery)
                    .where(DeskDelivery.id == id, *is_due)
                    .values(attempts=DeskDelivery.attempts + 1, due_at=now + LEASE)
                )
                if taken.rowcount:
                    return _read(session, id)
            return None

    def _finish(self, claim: _Claim, *, external_id: str | None = None, error: str = "") -> None:
        with self._sessions.begin() as session:
            delivery = session.get(DeskDelivery, claim.id)
            if delivery is None:
                return  # erased meanwhile
            delivery.delivered_at, delivery.error = self._clock(), error
            if external_id is not None:
                delivery.ticket.external_id = external_id

    def _postpone(self, claim: _Claim, reason: str, retry_after: float | None) -> None:
        seconds = min(_FIRST_SECONDS * 2 ** min(claim.attempts - 1, 20), _LONGEST_SECONDS)
        # Jitter, so that what failed together does not come back together.
        seconds = max(seconds * random.uniform(0.5, 1), retry_after or 0)  # noqa: S311
        logger.warning(
            "Delivery %d to the %s failed %d times, next in %.0f s: %s",
            *(claim.id, claim.destination.value, claim.attempts, seconds, reason),
        )
        with self._sessions.begin() as session:
            delivery = session.get(DeskDelivery, claim.id)
            if delivery is not None:
                delivery.due_at = self._clock() + timedelta(seconds=seconds)
                delivery.error = reason


def _read(session: Session, id: int) -> _Claim:
    delivery = session.get_one(DeskDelivery, id, populate_existing=True)
    return _Claim(
        id=id,
        attempts=delivery.attempts,
        destination=delivery.destination,
        kind=delivery.kind,
        key=delivery.key,
        author=delivery.author,
        body=delivery.body,
        external_id=delivery.ticket.external_id or "",
        ticket=_ticket(delivery.ticket),
    )


def _ticket(row: DeskTicket) -> Ticket:
    proof = Proof(row.email, row.verified_by or "") if row.email else None
    return Ticket(
        id=row.id,
        conversation_id=row.conversation_id,
        channel=row.channel,
        reason=Reason(row.reason),
        summary=tuple(Fact(name, value) for name, value in row.summary),
        transcript=tuple(map(Line.from_json, row.transcript)),
        proof=proof,
        opened_at=row.opened_at,
    )
