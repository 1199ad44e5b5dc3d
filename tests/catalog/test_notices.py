from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from catalog.models import Notice, NoticeKind
from catalog.notices import ask, due
from catalog.products import find_variant
from tests.bot.conftest import shop  # noqa: F401 - a fixture

BACK, DROP = NoticeKind.BACK_IN_STOCK, NoticeKind.PRICE_DROP


def asked(shop: sessionmaker[Session], id: str, kind: NoticeKind, below: str = "") -> bool:  # noqa: F811
    with shop.begin() as session:
        variant = find_variant(session, id)
        assert variant is not None
        limit = Decimal(below) if below else None
        return ask(session, "jane@example.com", variant, kind, below=limit)


def change(shop: sessionmaker[Session], id: str, **values: object) -> None:  # noqa: F811
    with shop.begin() as session:
        variant = find_variant(session, id)
        for name, value in values.items():
            setattr(variant, name, value)


def due_kinds(shop: sessionmaker[Session]) -> list[NoticeKind]:  # noqa: F811
    with shop() as session:
        return [each.notice.kind for each in due(session)]


def test_a_request_is_stored_once(shop: sessionmaker[Session]) -> None:  # noqa: F811
    assert asked(shop, "runner-blue-9", BACK)
    assert not asked(shop, "runner-blue-9", BACK)
    with shop() as session:
        assert len(session.scalars(select(Notice)).all()) == 1


def test_it_is_due_when_the_stock_is_back(shop: sessionmaker[Session]) -> None:  # noqa: F811
    asked(shop, "runner-blue-9", BACK)
    assert due_kinds(shop) == []
    change(shop, "runner-blue-9", stock=3)
    assert due_kinds(shop) == [BACK]


def test_a_price_must_fall_below_that_of_then(shop: sessionmaker[Session]) -> None:  # noqa: F811
    asked(shop, "runner-red-9", DROP)
    assert due_kinds(shop) == []
    change(shop, "runner-red-9", price=Decimal("79.99"))
    assert due_kinds(shop) == [DROP]


def test_or_down_to_the_limit_that_was_named(shop: sessionmaker[Session]) -> None:  # noqa: F811
    asked(shop, "runner-red-9", DROP, below="60")
    change(shop, "runner-red-9", price=Decimal(70))
    assert due_kinds(shop) == []
    change(shop, "runner-red-9", price=Decimal(60))
    assert due_kinds(shop) == [DROP]
