"""Whom a code about an order may be sent to: its own customer, whatever is tried."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from bot.identity.identity import Identity
from bot.orders.desk import OrderDesk
from bot.orders.engines.database import DatabaseOrders
from bot.orders.returns import ReturnTerms
from catalog.database import sessions
from catalog.models import Customer, Order, OrderLine, OrderStatus


@pytest.fixture
def desk(engine: Engine) -> OrderDesk:
    """Over SQLite and PostgreSQL, with an order of Ada's and one of Bob's."""
    made = sessions(engine)
    with made.begin() as session:
        for name, number in (("ada", "AB-1001"), ("bob", "AB-1002")):
            session.add(
                Order(
                    number=number,
                    customer=Customer(id=name, email=f"{name}@example.com", name=name.title()),
                    status=OrderStatus.SHIPPED,
                    placed_at=datetime(2026, 1, 2, tzinfo=UTC),
                    currency="USD",
                    total=Decimal("54.00"),
                    lines=[OrderLine(position=0, title="Tent", quantity=1, unit_price=Decimal(54))],
                )
            )
    return OrderDesk(DatabaseOrders(made, ReturnTerms()), made, ReturnTerms())


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("AB-1001", "ada@example.com"),
        (" #ab-1001 ", "Ada@Example.COM\n"),
        ("# AB - 1001", " ada@example.com"),
        ("AB1001", "ada@example.com"),
        ("ab 1001", "ada@example.com"),
        ("#A-B-1001", "ada@example.com"),
        ("", "ada@example.com"),  # of whichever order there is
    ],
)
def test_the_customer_of_the_order_is_known(desk: OrderDesk, number: str, email: str) -> None:
    assert desk.customer_of(number, email) == Identity(None, "ada@example.com")


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("AB-1001", "bob@example.com"),  # another customer
        ("AB-1001", "eve@example.com"),  # nobody
        ("AB-9999", "ada@example.com"),
        ("AB-1001", ""),
        ("AB-1001", " "),
        ("", "eve@example.com"),
        ("#", "ada@example.com"),
        ("AB-1001", "%"),
        ("AB-100_", "ada@example.com"),
        ("AB-1001' OR '1'='1", "ada@example.com"),
        ("AB-1001\0", "eve@example.com"),
        ("AB-1001", "ada@example.com\0"),
        ("\ud800", "\ud800"),
        ("AB-1001", "\ud800"),
    ],
)
def test_any_mismatch_is_nobody(desk: OrderDesk, number: str, email: str) -> None:
    assert desk.customer_of(number, email) is None
