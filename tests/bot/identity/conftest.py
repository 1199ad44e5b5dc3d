"""A shop with one order, its secrets, and the identities in its database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from bot.identity.code_mail import CodeMail
from bot.identity.codes import Asked, CustomerOf, OneTimeCodes
from bot.identity.identities import Identities
from bot.mail import Mailer
from bot.orders.desk import OrderDesk
from bot.orders.engines.database import DatabaseOrders
from bot.orders.returns import ReturnTerms
from bot.settings import Settings
from catalog.database import sessions
from catalog.models import Customer, Order, OrderStatus
from tests.inbox import Inbox, open_inbox

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HERE = Asked("conversation-one", "device-one")
JANE = "jane@example.com"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with open_inbox() as inbox:
        yield inbox


@pytest.fixture
def opened(engine: Engine) -> sessionmaker[Session]:
    """On SQLite and on PostgreSQL."""
    opened = sessions(engine)
    with opened.begin() as session:
        session.add(Customer(id="c1", email=JANE, name="Jane"))
        session.add(Customer(id="c2", email="nobody@example.com", name="Refused by the server"))
        session.flush()
        for number, customer in (("A1001", "c1"), ("A1002", "c2")):
            session.add(
                Order(
                    number=number,
                    customer_id=customer,
                    status=OrderStatus.PAID,
                    placed_at=NOW,
                    currency="USD",
                    total=Decimal(5),
                )
            )
    return opened


@pytest.fixture
def identities(opened: sessionmaker[Session]) -> Identities:
    return Identities(opened, timedelta(minutes=30))


def customer_in(opened: sessionmaker[Session]) -> CustomerOf:
    """As the service has it, over the shop's own tables."""
    terms = ReturnTerms()
    return OrderDesk(DatabaseOrders(opened, terms), opened, terms).customer_of


@pytest.fixture
def mail(inbox: Inbox) -> Iterator[CodeMail]:
    mail = CodeMail(Mailer.of(Settings(smtp_url=inbox.url)))
    yield mail
    mail.close()


@pytest.fixture
def codes(opened: sessionmaker[Session], identities: Identities, mail: CodeMail) -> OneTimeCodes:
    return OneTimeCodes(opened, identities, mail, customer_in(opened), "a key for tests")
