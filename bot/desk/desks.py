"""Who has a conversation: the assistant, or a person."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.desk import english
from bot.desk.port import DeskEvent, PersonReply
from bot.desk.ticket import Fact, Line, Proof, Reason
from catalog.models import DeliveryKind, DeskDelivery, DeskTicket, Destination, HandOff

LONGEST_REPLY = 4000
"""Characters of what a person writes: more is cut."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a ticket is made of."""

    conversation_id: str
    channel: str
    reason: Reason
    summary: Sequence[Fact] = ()
    transcript: Sequence[Line] = ()
    proof: Proof | None = None


class Desks:
    """Hands conversations over and back. What it stores, the outbox delivers."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def state(self, conversation_id: str) -> HandOff | None:
        """Where the conversation stands; None if no person has ever had it."""
        latest = (
            select(DeskTicket.state)
            .where(DeskTicket.conversation_id == conversation_id)
            # One that is not handed back has no end, whatever the clocks said.
            .order_by(DeskTicket.closed_at.is_(None).desc(), DeskTicket.opened_at.desc())
        )
        with self._sessions() as session:
            return session.scalars(latest).first()

    def is_with_a_person(self, conversation_id: str) -> bool:
        """Whether the assistant has to be quiet."""
        with self._sessions() as session:
            return _open_ticket(session, conversation_id) is not None

    def hand_over(self, asked: HandOver) -> str:
        """Gives the conversation to the desk; returns the ticket's id.

        The same ticket if a person has it already, so that a repeated turn opens one.
        """
        try:
            with self._sessions.begin() as session:
                found = _open_ticket(session, asked.conversation_id)
                if found is not None:
                    return found.id
                ticket = _ticket(asked)
                session.add(ticket)
                return ticket.id
        except IntegrityError:
            # Two at once: the other one's stands.
            with self._sessions() as session:
                found = _open_ticket(session, asked.conversation_id)
                if found is None:
                    raise
                return found.id

    def say(self, conversation_id: str, message_id: str, text: str) -> bool:
        """Passes on what the customer says; False where no person has the conversation."""
        with self._sessions.begin() as session:
            ticket = _open_ticket(session, conversation_id)
            if ticket is None:
                return False
            key = f"{ticket.id}:{message_id}"
            _put(session, ticket, Destination.DESK, DeliveryKind.MESSAGE, key, text)
            return True

    def hand_back(self, conversation_id: str) -> bool:
        """Gives the conversation back to the assistant, as the customer wishes, and tells the
        desk; False if no person has it."""
        with self._sessions.begin() as session:
            ticket = _open_ticket(session, conversation_id)
            if ticket is None:
                return False
            _close(ticket)
            key = f"{ticket.id}:back"
            _put(session, ticket, Destination.DESK, DeliveryKind.NOTE, key, english.WENT_BACK)
            return True

    def receive(self, engine: str, event: DeskEvent) -> bool:
        """Takes what the desk says, each event once; False where it means no ticket of ours."""
        with self._sessions.begin() as session:
            ticket = session.get(DeskTicket, event.ticket_id)
            if ticket is None:
                return False
            if not isinstance(event, PersonReply):
                if ticket.closed_at is None:
                    _close(ticket)
                return True
            key, text = f"{engine}:{event.event_id}", event.text.strip()[:LONGEST_REPLY]
            to, kind, author = Destination.CUSTOMER, DeliveryKind.MESSAGE, event.author[:255]
            is_new = bool(text) and _put(session, ticket, to, kind, key, text, author)
            if is_new and ticket.state is HandOff.OPEN:
                ticket.state = HandOff.ANSWERED
            return True


def _open_ticket(session: Session, conversation_id: str) -> DeskTicket | None:
    """The one that a person has; what is said is put in line while nobody else changes that."""
    return session.scalars(
        select(DeskTicket).where(
            DeskTicket.conversation_id == conversation_id, DeskTicket.closed_at.is_(None)
        )
    ).one_or_none()


def _ticket(asked: HandOver) -> DeskTicket:
    ticket = DeskTicket(
        id=uuid.uuid4().hex,
        conversation_id=asked.conversation_id,
        channel=asked.channel,
        reason=asked.reason.value,
        email=asked.proof.email.lower() if asked.proof else None,
        verified_by=asked.proof.method if asked.proof else None,
        summary=[[fact.name, fact.value] for fact in asked.summary],
        transcript=[line.to_json() for line in asked.transcript],
    )
    ticket.outbox.append(
        DeskDelivery(destination=Destination.DESK, kind=DeliveryKind.OPEN, key=f"{ticket.id}:open")
    )
    return ticket


def _put(
    session: Session,
    ticket: DeskTicket,
    destination: Destination,
    kind: DeliveryKind,
    key: str,
    body: str,
    author: str = "",
) -> bool:
    """Puts something in line, once; False if it was there."""
    known = session.scalar(select(DeskDelivery.id).where(DeskDelivery.key == key))
    if known is not None:
        return False
    delivery = DeskDelivery(
        ticket_id=ticket.id, destination=destination, kind=kind, key=key, body=body, author=author
    )
    try:
        with session.begin_nested():
            session.add(delivery)
    except IntegrityError:  # came twice at the same time
        return False
    return True


def _close(ticket: DeskTicket) -> None:
    ticket.state, ticket.closed_at = HandOff.HANDED_BACK, datetime.now(UTC)
