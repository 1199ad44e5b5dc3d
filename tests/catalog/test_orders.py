from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from catalog.models import Customer, Order, OrderLine, OrderStatus
from catalog.orders import find_order


@pytest.fixture(autouse=True)
def orders(session: Session) -> None:
    for name, number in (("ada", "AB-1001"), ("bob", "AB-1002")):
        order = Order(
            number=number,
            customer=Customer(id=name, email=f"{name}@example.com", name=name.title()),
            status=OrderStatus.SHIPPED,
            placed_at=datetime(2026, 1, 2, tzinfo=UTC),
            currency="USD",
            total=Decimal("54.00"),
            lines=[OrderLine(position=0, title="Tent", quantity=1, unit_price=Decimal(54))],
        )
        session.add(order)
    session.commit()
    session.expunge_all()


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("AB-1001", "ada@example.com"),
        (" #ab-1001 ", "Ada@Example.COM\n"),
        ("# AB - 1001", " ada@example.com"),
    ],
)
def test_the_order_of_this_customer_is_found(session: Session, number: str, email: str) -> None:
    order = find_order(session, number, email)
    assert order is not None
    assert (order.number, order.status, order.customer.name) == ("AB-1001", "shipped", "Ada")
    assert [line.title for line in order.lines] == ["Tent"]


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("AB-1001", "bob@example.com"),  # another customer
        ("AB-1001", "eve@example.com"),  # nobody
        ("AB-9999", "ada@example.com"),
        ("AB-1001", ""),
        ("", "ada@example.com"),
        ("AB-1001", "%"),
        ("AB-100_", "ada@example.com"),
        ("AB-1001' OR '1'='1", "ada@example.com"),
        ("AB-1001\0", "eve@example.com"),
        ("\ud800", "\ud800"),
    ],
)
def test_any_mismatch_finds_nothing(session: Session, number: str, email: str) -> None:
    assert find_order(session, number, email) is None
