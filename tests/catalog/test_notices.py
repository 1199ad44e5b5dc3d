from decimal import Decimal

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from catalog.database import sessions
from catalog.models import Notice, NoticeKind, Product, Variant
from catalog.notices import ask, due
from catalog.products import find_variant

BACK, DROP = NoticeKind.BACK_IN_STOCK, NoticeKind.PRICE_DROP


@pytest.fixture
def shop(engine: Engine) -> sessionmaker[Session]:
    """Two shoes at 80, one of them sold out."""
    made = sessions(engine)
    with made.begin() as session:
        for id, stock in (("red", 4), ("blue", 0)):
            variant = Variant(id=id, price=Decimal(80), currency="USD", stock=stock)
            session.add(Product(id=id, title=id, variants=[variant]))
    return made


def asked(shop: sessionmaker[Session], id: str, kind: NoticeKind, below: str = "") -> bool:
    with shop.begin() as session:
        variant = find_variant(session, id)
        assert variant is not None
        limit = Decimal(below) if below else None
        return ask(session, "jane@example.com", variant, kind, below=limit) is not None


def change(shop: sessionmaker[Session], id: str, **values: object) -> None:
    with shop.begin() as session:
        variant = find_variant(session, id)
        for name, value in values.items():
            setattr(variant, name, value)


def due_kinds(shop: sessionmaker[Session]) -> list[NoticeKind]:
    with shop() as session:
        return [each.notice.kind for each in due(session)]


def test_a_request_is_stored_once(shop: sessionmaker[Session]) -> None:
    assert asked(shop, "blue", BACK)
    assert not asked(shop, "blue", BACK)
    with shop() as session:
        assert len(session.scalars(select(Notice)).all()) == 1


def test_it_is_due_when_the_stock_is_back(shop: sessionmaker[Session]) -> None:
    asked(shop, "blue", BACK)
    assert due_kinds(shop) == []
    change(shop, "blue", stock=3)
    assert due_kinds(shop) == [BACK]


def test_a_price_must_fall_below_that_of_then(shop: sessionmaker[Session]) -> None:
    asked(shop, "red", DROP)
    assert due_kinds(shop) == []
    change(shop, "red", price=Decimal("79.99"))
    assert due_kinds(shop) == [DROP]


def test_or_down_to_the_limit_that_was_named(shop: sessionmaker[Session]) -> None:
    asked(shop, "red", DROP, below="60")
    change(shop, "red", price=Decimal(70))
    assert due_kinds(shop) == []
    change(shop, "red", price=Decimal(60))
    assert due_kinds(shop) == [DROP]
