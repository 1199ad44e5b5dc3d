"""Loads the demo shop into each kind of database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from catalog.demo import load, put_back_orders, source
from catalog.models import (
    ActOutcome,
    Order,
    OrderAudit,
    OrderRefund,
    OrderRequest,
    OrderReturn,
    OrderStatus,
    Policy,
    Product,
    ProductChange,
    RefundStatus,
    Variant,
)
from catalog.orders import has_number

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    return tmp_path / "pictures"


def test_everything_arrives(
    engine: Engine, session: Session, products: list[Product], pictures: Path
) -> None:
    load(engine, pictures=pictures, now=NOW)
    loaded = session.scalars(select(Product).order_by(Product.pk)).all()
    assert [product.id for product in loaded] == [product.id for product in products]
    prices = {variant.id: variant.price for product in products for variant in product.variants}
    loaded_prices = {
        row.id: row.price for row in session.execute(select(Variant.id, Variant.price))
    }
    assert loaded_prices == prices
    for image in session.scalars(select(Variant.image).distinct()):
        assert (pictures / image.removeprefix("/pictures/")).is_file()
    policies = set(session.scalars(select(Policy.slug)))
    assert policies == {file.stem for file in source.POLICIES.glob("*.md")}


def test_a_newcomer_can_ask_for_an_order(engine: Engine, session: Session, pictures: Path) -> None:
    load(engine, pictures=pictures, now=NOW)
    order = session.scalars(select(Order).where(has_number("#a1001"))).one()
    assert order.customer.email == "maya.lindqvist@example.com"
    assert order.placed_at == NOW - timedelta(days=3)
    assert order.total == Decimal("157.00")
    assert order.lines[0].title == "Tempo 2 Road Running Shoes, red, 8"


def test_a_second_load_changes_nothing(engine: Engine, session: Session, pictures: Path) -> None:
    load(engine, pictures=pictures, now=NOW)
    before = _counts(session)
    load(engine, pictures=pictures, now=NOW + timedelta(days=30))
    assert _counts(session) == before
    placed = session.scalar(select(Order.placed_at).where(Order.number == "A1001"))
    assert placed == NOW - timedelta(days=3)


def test_the_shops_own_things_stay(engine: Engine, session: Session, pictures: Path) -> None:
    own = Product(id="own", title="Our own", variants=[Variant(id="own", price=Decimal("5.00"))])
    session.add_all([own, Policy(slug="returns", title="Returns", body="Never.")])
    session.commit()
    load(engine, pictures=pictures, now=NOW)
    session.execute(
        update(Variant).where(Variant.id == "tempo-2-road-running-shoes-red-8").values(stock=0)
    )
    session.commit()
    load(engine, pictures=pictures, now=NOW)
    session.expire_all()
    assert session.get_one(Product, own.pk).title == "Our own"
    assert session.get_one(Variant, "tempo-2-road-running-shoes-red-8").stock == 0
    assert session.scalars(select(Policy.body)).all() == ["Never."]


def test_orders_are_put_back_as_they_were(engine: Engine, session: Session, pictures: Path) -> None:
    load(engine, pictures=pictures, now=NOW)
    before = _counts(session)
    session.get_one(Order, "A1038").status = OrderStatus.CANCELLED
    audit = OrderAudit(
        order_number="A1038",
        act="cancel",
        outcome=ActOutcome.DONE,
        verified_by="code",
        conversation_id="c",
    )
    session.add(audit)
    session.flush()
    session.add_all(
        [
            OrderRequest(key="k", order_number="A1038", audit_id=audit.id, result="{}"),
            OrderRefund(order_number="A1038", amount=Decimal("5.00"), status=RefundStatus.RECORDED),
        ]
    )
    session.commit()
    put_back_orders(engine)
    session.expire_all()
    assert session.get_one(Order, "A1038").status is not OrderStatus.CANCELLED
    assert _counts(session) == before
    assert session.scalars(select(OrderRequest)).all() == []


def _counts(session: Session) -> list[int]:
    return [
        session.scalar(select(func.count()).select_from(model)) or 0
        for model in (Product, Variant, ProductChange, Order, OrderReturn, OrderRefund, Policy)
    ]
