from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from catalog.database import connect
from catalog.models import Base, Customer, Order, OrderLine, OrderStatus, Product, Variant
from recommender.complements import complements

SHOP = {
    "tent": "Outdoor > Tents",
    "big tent": "Outdoor > Tents",
    "bag": "Outdoor > Sleeping Bags",
    "sold out": "Outdoor > Sleeping Bags",
    "stove": "Outdoor > Stoves",
    "mug": "Kitchen > Mugs",
    "bowl": "Kitchen > Bowls",
    "lone": "",
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = connect(f"sqlite:///{tmp_path / 'shop.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for id, category in SHOP.items():
            variant = Variant(id=id, price=Decimal(9), stock=0 if id == "sold out" else 5)
            session.add(Product(id=id, title=id, category=category, variants=[variant]))
        session.add(Customer(id="c", email="c@example.com", name="C"))
        for number, ids in enumerate(
            [("tent", "stove"), ("tent", "stove"), ("tent", "bag"), ("tent", "sold out")]
        ):
            lines = [
                OrderLine(position=n, variant_id=id, title=id, quantity=1, unit_price=Decimal(9))
                for n, id in enumerate(ids)
            ]
            session.add(
                Order(
                    number=f"A{number}",
                    customer_id="c",
                    status=OrderStatus.DELIVERED,
                    placed_at=datetime(2026, 1, 1, tzinfo=UTC),
                    currency="USD",
                    total=Decimal(18),
                    lines=lines,
                )
            )
        session.flush()
        yield session
    engine.dispose()


def found(session: Session, id: str) -> tuple[list[str], str]:
    product = session.get_one(Variant, id).product
    result = complements(session, product, most=4)
    return ([each.id for each in result.variants], result.sign) if result else ([], "")


def test_what_was_bought_together_most_often_comes_first(session: Session) -> None:
    assert found(session, "tent") == (["stove", "bag"], "orders")


def test_of_a_product_without_orders_its_kind_tells(session: Session) -> None:
    assert found(session, "big tent") == (["stove", "bag"], "kinds")


def test_without_any_orders_it_is_the_shelf_beside(session: Session) -> None:
    assert found(session, "mug") == (["bowl"], "shelf")


def test_a_product_without_a_category_has_nothing_beside_it(session: Session) -> None:
    assert found(session, "lone") == ([], "")
