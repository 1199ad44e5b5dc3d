"""The shop's own tables, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session, sessionmaker

from bot.orders.engines.database import DatabaseOrders
from bot.orders.errors import BackendUnavailableError
from bot.orders.outcome import Cancelled, Refusal, RefusalReason, ReturnStarted
from bot.orders.returns import ReturnItem
from catalog.models import (
    Order,
    OrderRefund,
    OrderReturn,
    OrderReturnLine,
    OrderStatus,
    RefundStatus,
    ReturnReason,
    ReturnStatus,
    Variant,
)
from tests.bot.orders.contract import HOME, OrderBackendContract
from tests.bot.orders.sold import ADA, BOBS, DELIVERED, NOW, PAID, RETURNING, TERMS, Sold
from tests.bot.orders.tables import add_order


@pytest.fixture
def backend(shop_sessions: sessionmaker[Session]) -> DatabaseOrders:
    return DatabaseOrders(shop_sessions, TERMS, clock=lambda: NOW)


@pytest.fixture
def written_address(shop_sessions: sessionmaker[Session]) -> Callable[[str], str]:
    def read(number: str) -> str:
        with shop_sessions() as session:
            return session.get_one(Order, number).shipping_address

    return read


class TestDatabaseOrders(OrderBackendContract):
    pass


def test_letters_and_dashes_of_a_number_do_not_matter(
    backend: DatabaseOrders, shop_sessions: sessionmaker[Session]
) -> None:
    with shop_sessions.begin() as session:
        add_order(session, Sold("AB-77", ADA, OrderStatus.PAID, 1))
    for number in ("AB-77", "ab77", "#ab 77", "a b - 7 7"):
        assert backend.find(ADA.owner, number) is not None
    assert isinstance(backend.cancel(ADA.owner, "ab 77"), Cancelled)


def test_of_two_cancellations_at_once_one_is_done(
    backend: DatabaseOrders, shop_sessions: sessionmaker[Session]
) -> None:
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(lambda _: backend.cancel(ADA.owner, PAID), range(6)))
    assert sum(isinstance(outcome, Cancelled) for outcome in outcomes) == 1
    assert outcomes.count(Refusal(RefusalReason.ALREADY_CANCELLED, PAID)) == 5
    with shop_sessions() as session:
        (refund,) = session.scalars(select(OrderRefund).where(OrderRefund.order_number == PAID))
    assert (refund.amount, refund.status) == (Decimal(145), RefundStatus.PENDING)


def test_of_two_returns_of_the_same_line_at_once_one_is_done(
    backend: DatabaseOrders, shop_sessions: sessionmaker[Session]
) -> None:
    tent = [ReturnItem("1", 1, ReturnReason.STYLE)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(
            pool.map(lambda _: backend.start_return(ADA.owner, DELIVERED, tent), range(4))
        )
    assert sum(isinstance(outcome, ReturnStarted) for outcome in outcomes) == 1
    with shop_sessions() as session:
        assert session.scalar(select(func.count()).select_from(OrderReturn)) == 1


def test_a_parcel_that_leaves_meanwhile_is_not_cancelled(
    backend: DatabaseOrders, shop_sessions: sessionmaker[Session]
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with shop_sessions.begin() as warehouse:
            leaves = update(Order).where(Order.number == PAID).values(status=OrderStatus.SHIPPED)
            warehouse.execute(leaves)
            asked = pool.submit(backend.cancel, ADA.owner, PAID)
            with pytest.raises(TimeoutError):
                asked.result(0.3)
        assert asked.result(10) == Refusal(RefusalReason.ALREADY_SHIPPED, PAID)


def test_what_a_return_says_is_kept(
    backend: DatabaseOrders, shop_sessions: sessionmaker[Session]
) -> None:
    items = [
        ReturnItem("0", 1, ReturnReason.TOO_SMALL, exchange_for="shirt:red:l"),
        ReturnItem("0", 1, ReturnReason.COLOR, note="too bright"),
    ]
    started = backend.start_return(ADA.owner, DELIVERED, items)
    assert isinstance(started, ReturnStarted)
    assert not started.is_exchange
    with shop_sessions() as session:
        lines = session.scalars(select(OrderReturnLine).order_by(OrderReturnLine.item)).all()
        assert [line.exchange_variant_id for line in lines] == ["shirt:red:l", None]
        assert [line.note for line in lines] == ["", "too bright"]
        assert session.get_one(OrderReturn, started.return_number).created_at == NOW
    order = backend.find(ADA.owner, DELIVERED)
    assert order is not None
    assert [line.returned for line in order.lines] == [2, 0]


@pytest.mark.parametrize(
    ("position", "quantity", "variant", "reason"),
    [
        ("0", 1, "shirt:green:m", RefusalReason.UNKNOWN_VARIANT),
        ("0", 1, "tent", RefusalReason.OTHER_PRODUCT),
        ("0", 1, "shirt:blue:m", RefusalReason.OTHER_PRICE),
        ("0", 2, "shirt:red:l", RefusalReason.OUT_OF_STOCK),
    ],
)
def test_an_exchange_is_refused(
    backend: DatabaseOrders, position: str, quantity: int, variant: str, reason: RefusalReason
) -> None:
    item = ReturnItem(position, quantity, ReturnReason.TOO_SMALL, exchange_for=variant)
    refused = backend.start_return(ADA.owner, DELIVERED, [item])
    assert refused == Refusal(reason, DELIVERED, line_id=position)
    order = backend.find(ADA.owner, DELIVERED)
    assert order is not None
    assert order.status is OrderStatus.DELIVERED


def test_an_exchange_for_what_is_sold_out_is_refused(
    backend: DatabaseOrders, shop_sessions: sessionmaker[Session]
) -> None:
    with shop_sessions.begin() as session:
        session.get_one(Variant, "shirt:red:l").stock = 0
    item = ReturnItem("0", 1, ReturnReason.TOO_SMALL, exchange_for="shirt:red:l")
    refused = backend.start_return(ADA.owner, DELIVERED, [item])
    assert refused == Refusal(RefusalReason.OUT_OF_STOCK, DELIVERED, line_id="0")


def test_what_the_shop_sent_back_can_be_asked_for_again(
    backend: DatabaseOrders, shop_sessions: sessionmaker[Session]
) -> None:
    tent = [ReturnItem("1", 1, ReturnReason.DEFECTIVE)]
    backend.start_return(ADA.owner, DELIVERED, tent)
    with shop_sessions.begin() as session:
        session.get_one(OrderReturn, f"{DELIVERED}-R1").status = ReturnStatus.REJECTED
    again = backend.start_return(ADA.owner, DELIVERED, tent)
    assert isinstance(again, ReturnStarted)
    assert again.return_number == f"{DELIVERED}-R2"


def test_returns_kept_elsewhere_are_whole_orders(backend: DatabaseOrders) -> None:
    order = backend.find(ADA.owner, RETURNING)
    assert order is not None
    assert [line.returned for line in order.lines] == [2, 1]


def test_a_database_that_fails_is_an_error_without_a_word_of_the_customer(
    backend: DatabaseOrders, shop_sessions: sessionmaker[Session]
) -> None:
    with shop_sessions.begin() as session:
        for table in ("order_refunds", "order_return_lines", "order_returns"):
            session.execute(text(f"ALTER TABLE {table} RENAME TO gone_{table}"))
    try:
        for act in (
            lambda: backend.find(ADA.owner, PAID),
            lambda: backend.recent(ADA.owner, 3),
            lambda: backend.cancel(ADA.owner, PAID),
            lambda: backend.change_address(ADA.owner, PAID, HOME),
        ):
            with pytest.raises(BackendUnavailableError) as failed:
                act()
            assert "ada" not in str(failed.value).lower()
    finally:
        with shop_sessions.begin() as session:
            for table in ("order_refunds", "order_return_lines", "order_returns"):
                session.execute(text(f"ALTER TABLE gone_{table} RENAME TO {table}"))
    assert isinstance(backend.cancel(ADA.owner, BOBS), Refusal)
