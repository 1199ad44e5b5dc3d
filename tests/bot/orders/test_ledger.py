"""What was done to orders is written down, and what a crash left behind is cleared."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker

from bot.orders.desk import OrderDesk
from bot.orders.engines.database import DatabaseOrders
from bot.orders.errors import BackendUnavailableError, OrderBackendError
from bot.orders.ledger import LEASE, OrderLedger
from bot.orders.outcome import Cancelled, Refusal, RefusalReason
from bot.orders.returns import ReturnItem
from catalog.models import (
    OrderAudit,
    OrderRequest,
    ReturnReason,
)
from tests.bot.orders.contract import HOME
from tests.bot.orders.desks import Audit, MakeDesk, asked
from tests.bot.orders.loopback import Trouble
from tests.bot.orders.shopify_shop import ShopifyShop
from tests.bot.orders.sold import ADA, BOBS, DELIVERED, NOW, PAID, TERMS


class TestAudit:
    def test_a_row_says_who_asked_where_but_not_who_they_are(
        self, desk: OrderDesk, shop_sessions: sessionmaker[Session]
    ) -> None:
        desk.change_address(asked(), PAID, HOME)
        with shop_sessions() as session:
            (row,) = session.scalars(select(OrderAudit))
            (request,) = session.scalars(select(OrderRequest))
            everything = f"{vars(row)} {vars(request)}".lower()
            assert len(request.key) == 64
        assert (row.at, row.act, row.order_number) == (NOW, "change_address", PAID)
        assert (row.verified_by, row.conversation_id) == ("one_time_code", "c1")
        for personal in ("ada@", "king", "street", "salem", "97301"):
            assert personal not in everything

    def test_an_order_of_somebody_else_is_refused_and_written_down(
        self, desk: OrderDesk, audit: Audit
    ) -> None:
        assert desk.cancel(asked(), BOBS) == Refusal(RefusalReason.NOT_FOUND, BOBS)
        assert audit() == [(BOBS, "cancel", "refused", "not_found")]

    @pytest.mark.parametrize(
        "number", ["ada@example.com", "", "#", "1 Old Street, Salem", "Ada King"]
    )
    def test_what_is_no_number_is_not_written_down(
        self, desk: OrderDesk, audit: Audit, number: str
    ) -> None:
        assert desk.cancel(asked(), number) == Refusal(RefusalReason.NOT_FOUND, "")
        assert audit() == [("", "cancel", "refused", "not_found")]
        assert desk.find(ADA.owner, number) is None

    def test_what_is_not_offered_is_refused_and_written_down(
        self, woocommerce_desk: OrderDesk, shopify_desk: OrderDesk, audit: Audit
    ) -> None:
        tent = ReturnItem("1", 1, ReturnReason.STYLE)
        swapped = replace(tent, exchange_for="tent")
        not_offered = Refusal(RefusalReason.NOT_OFFERED, DELIVERED)
        assert woocommerce_desk.start_return(asked(), DELIVERED, [tent]) == not_offered
        assert shopify_desk.start_return(asked("m2"), DELIVERED, [swapped]) == not_offered
        assert audit() == [(DELIVERED, "return", "refused", "not_offered")] * 2

    @pytest.mark.parametrize(
        ("trouble", "outcome", "error"),
        [
            (Trouble("SearchOrders", 401), "failed", "BackendDeniedError"),
            (
                Trouble("mutation CancelOrder", 500, afterwards=True),
                "unknown",
                "BackendUnavailableError",
            ),
            (
                Trouble("mutation CancelOrder", body="<html>", afterwards=True),
                "unknown",
                "BackendNonsenseError",
            ),
            (
                Trouble("SearchOrders", 429, "{}", {"Retry-After": "60"}),
                "failed",
                "RateLimitedError",
            ),
        ],
    )
    def test_a_failure_is_written_down_and_may_be_tried_again(
        self,
        shopify_desk: OrderDesk,
        shopify: ShopifyShop,
        audit: Audit,
        trouble: Trouble,
        outcome: str,
        error: str,
    ) -> None:
        shopify.loopback.troubles.append(trouble)
        with pytest.raises(OrderBackendError):
            shopify_desk.cancel(asked(), PAID)
        assert audit() == [(PAID, "cancel", outcome, error)]
        again = shopify_desk.cancel(asked(), PAID)
        if outcome == "failed":
            assert isinstance(again, Cancelled)
        else:
            assert again == Refusal(RefusalReason.ALREADY_CANCELLED, PAID)
        assert shopify.loopback.asked("mutation CancelOrder") == 1
        assert len(audit()) == 2

    def test_a_bug_is_written_down(self, make_desk: MakeDesk, audit: Audit) -> None:
        class Broken(DatabaseOrders):
            def cancel(self, owner: object, number: str) -> Cancelled:
                raise ZeroDivisionError

        desk = make_desk(Broken.__new__(Broken))
        with pytest.raises(ZeroDivisionError):
            desk.cancel(asked(), PAID)
        assert audit() == [(PAID, "cancel", "unknown", "ZeroDivisionError")]

    def test_what_cannot_be_written_down_is_not_done(
        self, shopify_desk: OrderDesk, shopify: ShopifyShop, shop_sessions: sessionmaker[Session]
    ) -> None:
        with shop_sessions.begin() as session:
            session.execute(text("ALTER TABLE order_audit RENAME TO gone"))
        try:
            with pytest.raises(BackendUnavailableError):
                shopify_desk.cancel(asked(), PAID)
        finally:
            with shop_sessions.begin() as session:
                session.execute(text("ALTER TABLE gone RENAME TO order_audit"))
        assert shopify.loopback.requests == []

    def test_no_log_line_tells_of_the_customer(
        self, desk: OrderDesk, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        desk.change_address(asked(), PAID, HOME)
        assert "ada@" not in caplog.text.lower()


class TestCrash:
    @pytest.fixture
    def crashed(self, desk: OrderDesk, shop_sessions: sessionmaker[Session]) -> OrderLedger:
        """A process that died in the middle of a cancellation."""
        ledger = OrderLedger(shop_sessions, lambda: NOW, wait_seconds=0.2)
        ledger.begin("cancel", PAID, asked("m0"), None)
        return ledger

    def test_an_order_that_is_being_acted_on_is_waited_for_and_then_refused(
        self, crashed: OrderLedger, shop_sessions: sessionmaker[Session], audit: Audit
    ) -> None:
        backend = DatabaseOrders(shop_sessions, TERMS, lambda: NOW)
        desk = OrderDesk(backend, shop_sessions, TERMS, crashed, lambda: NOW)
        assert desk.cancel(asked(), PAID) == Refusal(RefusalReason.IN_PROGRESS, PAID)
        assert isinstance(desk.change_address(asked(), PAID, HOME), Refusal)
        assert audit() == [
            (PAID, "cancel", "started", ""),
            (PAID, "cancel", "refused", "in_progress"),
            (PAID, "change_address", "refused", "in_progress"),
        ]

    def test_what_a_crash_left_behind_is_cleared(
        self, crashed: OrderLedger, shop_sessions: sessionmaker[Session], audit: Audit
    ) -> None:
        later = NOW + LEASE + timedelta(seconds=1)
        ledger = OrderLedger(shop_sessions, lambda: later)
        backend = DatabaseOrders(shop_sessions, TERMS, lambda: later)
        desk = OrderDesk(backend, shop_sessions, TERMS, ledger, lambda: later)
        assert isinstance(desk.cancel(asked("m0"), PAID), Cancelled)
        assert audit() == [
            (PAID, "cancel", "unknown", "abandoned"),
            (PAID, "cancel", "done", ""),
        ]
