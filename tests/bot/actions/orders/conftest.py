"""A customer with orders."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.actions.context import ActionContext
from catalog.models import Customer, Order, OrderLine, OrderStatus
from tests.bot.actions.orders.person import Person

NOW = datetime.now(UTC)


@pytest.fixture
def context(context: ActionContext) -> ActionContext:
    """Jane has an order of every kind, and Joe has one."""
    with context.sessions.begin() as session:
        session.add(Customer(id="c2", email="joe@example.com", name="Joe"))
        for number, status, customer in (
            ("A1002", OrderStatus.PAID, "c1"),
            ("A1003", OrderStatus.DELIVERED, "c1"),
            ("B2001", OrderStatus.PAID, "c2"),
        ):
            delivered = NOW - timedelta(days=3) if status is OrderStatus.DELIVERED else None
            session.add(
                Order(
                    number=number,
                    customer_id=customer,
                    status=status,
                    placed_at=NOW - timedelta(days=5),
                    delivered_at=delivered,
                    currency="USD",
                    total=Decimal("205"),
                    shipping_address="Jane Roe, 5 Elm St, Duluth, MN 55802",
                    lines=[
                        OrderLine(
                            position=0,
                            title="Heron Runner",
                            quantity=1,
                            unit_price=Decimal("80"),
                            variant_id="runner-red-9",
                        ),
                        OrderLine(
                            position=1,
                            title="Fell Boot",
                            quantity=1,
                            unit_price=Decimal("120"),
                            variant_id="boot",
                        ),
                    ],
                )
            )
    return context


@pytest.fixture
def customer(context: ActionContext) -> Person:
    return Person(context)
