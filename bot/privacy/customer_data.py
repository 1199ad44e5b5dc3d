"""Everything of a customer's: found, exported, erased, and forgotten in time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, sessionmaker

from bot.privacy.conversations import ConversationStore
from bot.privacy.store import Erased, Store
from bot.privacy.stores import stores
from bot.privacy.subject import Subject
from bot.settings import Settings
from catalog.models import Customer, Order, ProvedIdentity


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of somebody, and what became of it."""

    stores: dict[str, Erased]
    only_mentioned: tuple[str, ...]
    """Conversations in which the address was said and nothing proves that they are theirs alone."""

    def to_json(self) -> dict[str, Any]:
        return {
            "stores": {
                name: {
                    "found": each.found,
                    "erased": each.erased,
                    **({"kept_because": each.kept_because} if each.kept_because else {}),
                }
                for name, each in self.stores.items()
            },
            "only_mentioned": list(self.only_mentioned),
        }


class CustomerData:
    """All stores of the shop."""

    def __init__(self, sessions: sessionmaker[Session], all_stores: Sequence[Store]) -> None:
        self._sessions = sessions
        self._stores = all_stores

    @classmethod
    def of(cls, settings: Settings, sessions: sessionmaker[Session]) -> "CustomerData":
        """
        Raises:
            StoreError: the conversations are somewhere that nobody here can look into.
        """
        return cls(sessions, stores(settings, sessions))

    def find(self, who: str) -> Subject:
        """A customer by e-mail address, the shop's id, or the id of a conversation."""
        who = who.strip()
        with self._sessions() as session:
            same = or_(Customer.id == who, func.lower(Customer.email) == who.lower())
            customers = session.scalars(select(Customer).where(same)).all()
            emails = {each.email.lower() for each in customers}
            if "@" in who:
                emails.add(who.lower())
            ids = {each.id for each in customers}
            orders = session.scalars(select(Order.number).where(Order.customer_id.in_(ids)))
            subject = Subject(frozenset(emails), frozenset(ids), frozenset(orders))
        if not customers and "@" not in who:
            return replace(subject, conversations=frozenset({who}))
        known: set[str] = set()
        for store in self._stores:
            known |= store.conversations_of(subject)
        return replace(subject, conversations=frozenset(known - self._of_others(subject, known)))

    def export(self, who: str) -> dict[str, Any]:
        """All of it, by store."""
        subject = self.find(who)
        found: dict[str, Any] = {store.name: store.export(subject) for store in self._stores}
        return {**found, "only_mentioned": list(self._only_mentioned(subject))}

    def erase(self, who: str) -> Report:
        """Deletes all but what has to be kept. Again is no harm: then nothing is found."""
        return self._erase(self.find(who))

    def erase_conversation(self, conversation_id: str) -> Report:
        """Deletes one conversation, and what hangs on it, wherever it is kept."""
        return self._erase(Subject(conversations=frozenset({conversation_id})))

    def prune(self, before: datetime) -> dict[str, int]:
        """Deletes what has been silent since; says how much, by store."""
        return {store.name: store.prune(before) for store in self._stores}

    def _erase(self, subject: Subject) -> Report:
        mentioned = self._only_mentioned(subject)
        return Report({store.name: store.erase(subject) for store in self._stores}, mentioned)

    def _of_others(self, subject: Subject, conversations: set[str]) -> set[str]:
        """Those in which somebody else has proved who they are, too."""
        with self._sessions() as session:
            proofs = session.scalars(
                select(ProvedIdentity).where(ProvedIdentity.conversation_id.in_(conversations))
            )
            return {
                each.conversation_id
                for each in proofs
                if each.email not in subject.emails and each.customer_id not in subject.customers
            }

    def _only_mentioned(self, subject: Subject) -> tuple[str, ...]:
        found: set[str] = set()
        for store in self._stores:
            if isinstance(store, ConversationStore):
                found |= store.mentions(subject)
        return tuple(sorted(found - subject.conversations))
