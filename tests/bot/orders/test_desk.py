"""Acts done once, in front of each engine."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.orders.address import Address
from bot.orders.desk import OrderDesk
from bot.orders.outcome import AddressChanged, Cancelled, Refusal, RefusalReason, ReturnStarted
from bot.orders.placed_order import PlacedOrder
from bot.orders.reorder import ReorderLine
from bot.orders.request import CustomerRequest
from bot.orders.returns import ReturnItem
from catalog.models import (
    OrderRefund,
    OrderReturn,
    ReturnReason,
    Variant,
)
from tests.bot.orders.contract import HOME
from tests.bot.orders.desks import Audit, asked
from tests.bot.orders.shopify_shop import ShopifyShop
from tests.bot.orders.sold import ADA, BOB, DELIVERED, PAID, SHIPPED
from tests.bot.orders.woocommerce_shop import WooShop


class TestOnce:
    def test_a_repeated_request_gets_the_first_answer(
        self, desk: OrderDesk, shop_sessions: sessionmaker[Session], audit: Audit
    ) -> None:
        first = desk.cancel(asked(), PAID)
        assert isinstance(first, Cancelled)
        assert desk.cancel(asked(), f"#{PAID}") == first
        assert audit() == [(PAID, "cancel", "done", "")]
        with shop_sessions() as session:
            refunds = select(func.count()).select_from(OrderRefund)
            assert session.scalar(refunds.where(OrderRefund.order_number == PAID)) == 1

    def test_another_message_is_another_request(self, desk: OrderDesk, audit: Audit) -> None:
        desk.cancel(asked("m1"), PAID)
        again = desk.cancel(asked("m2"), PAID)
        assert again == Refusal(RefusalReason.ALREADY_CANCELLED, PAID)
        assert audit() == [
            (PAID, "cancel", "done", ""),
            (PAID, "cancel", "refused", "already_cancelled"),
        ]

    def test_a_refusal_is_repeated_too(self, desk: OrderDesk, audit: Audit) -> None:
        refused = desk.start_return(asked(), DELIVERED, [])
        assert refused == Refusal(RefusalReason.NOTHING_CHOSEN, DELIVERED)
        assert desk.start_return(asked(), DELIVERED, []) == refused
        assert len(audit()) == 1

    def test_the_same_message_for_something_else_is_another_request(self, desk: OrderDesk) -> None:
        other = replace(HOME, line1="3 Side Street")
        assert desk.change_address(asked(), PAID, HOME) == AddressChanged(PAID)
        assert desk.change_address(asked(), PAID, other) == AddressChanged(PAID)
        order = desk.find(ADA.owner, PAID)
        assert order is not None
        assert "3 Side Street" in order.shipping_address

    def test_nobody_gets_the_answer_to_somebody_elses_request(self, desk: OrderDesk) -> None:
        desk.cancel(asked(), PAID)
        bobs = CustomerRequest(BOB.owner, "one_time_code", "c1", "m1")
        assert desk.cancel(bobs, PAID) == Refusal(RefusalReason.NOT_FOUND, PAID)

    def test_a_return_is_answered_again_in_full(self, desk: OrderDesk) -> None:
        items = [ReturnItem("1", 1, ReturnReason.STYLE)]
        first = desk.start_return(asked(), DELIVERED, items)
        assert isinstance(first, ReturnStarted)
        assert desk.start_return(asked(), DELIVERED, items) == first

    def test_a_message_that_comes_many_times_at_once_acts_once(
        self, desk: OrderDesk, shop_sessions: sessionmaker[Session], audit: Audit
    ) -> None:
        items = [ReturnItem("0", 1, ReturnReason.STYLE)]
        with ThreadPoolExecutor(6) as pool:
            outcomes = list(
                pool.map(lambda _: desk.start_return(asked(), DELIVERED, items), range(6))
            )
        assert all(outcome == outcomes[0] for outcome in outcomes)
        assert isinstance(outcomes[0], ReturnStarted)
        assert audit() == [(DELIVERED, "return", "done", "")]
        with shop_sessions() as session:
            assert session.scalar(select(func.count()).select_from(OrderReturn)) == 1

    def test_a_message_that_comes_twice_at_once_cancels_once_in_shopify(
        self, shopify_desk: OrderDesk, shopify: ShopifyShop, audit: Audit
    ) -> None:
        with ThreadPoolExecutor(3) as pool:
            outcomes = list(pool.map(lambda _: shopify_desk.cancel(asked(), PAID), range(3)))
        assert all(isinstance(outcome, Cancelled) for outcome in outcomes)
        assert shopify.loopback.asked("mutation CancelOrder") == 1
        assert audit() == [(PAID, "cancel", "done", "")]

    def test_two_conversations_at_once_cancel_once_in_woocommerce(
        self, woocommerce_desk: OrderDesk, woocommerce: WooShop, audit: Audit
    ) -> None:
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(
                pool.map(
                    lambda name: woocommerce_desk.cancel(asked(conversation=name), PAID),
                    ("c1", "c2"),
                )
            )
        assert sum(isinstance(outcome, Cancelled) for outcome in outcomes) == 1
        assert Refusal(RefusalReason.ALREADY_CANCELLED, PAID) in outcomes
        assert woocommerce.loopback.asked("PUT") == 1
        assert sorted(row[2] for row in audit()) == ["done", "refused"]


class TestBefore:
    """What is known before an act is offered."""

    def test_an_act_can_be_refused_before_it_is_asked_for(self, desk: OrderDesk) -> None:
        paid, sent = desk.find(ADA.owner, PAID), desk.find(ADA.owner, SHIPPED)
        assert paid is not None
        assert sent is not None
        assert desk.refuses_to_cancel(paid) is None
        assert desk.refuses_address(paid) is None
        shipped = Refusal(RefusalReason.ALREADY_SHIPPED, SHIPPED)
        assert desk.refuses_to_cancel(sent) == shipped
        assert desk.refuses_address(sent, Address("", "", "", "")) == shipped
        assert desk.refuses_return(paid) == Refusal(RefusalReason.NOT_DELIVERED, PAID)
        arrived = desk.find(ADA.owner, DELIVERED)
        assert arrived is not None
        assert desk.refuses_return(arrived) is None
        many = [ReturnItem("1", 2, ReturnReason.STYLE)]
        assert desk.refuses_return(arrived, many) == Refusal(
            RefusalReason.TOO_MANY, DELIVERED, line_id="1", quantity=1
        )

    def test_what_an_engine_lacks_is_refused_for_that(self, woocommerce_desk: OrderDesk) -> None:
        order = woocommerce_desk.find(ADA.owner, DELIVERED)
        assert order is not None
        refused = woocommerce_desk.refuses_return(order)
        assert refused == Refusal(RefusalReason.NOT_OFFERED, DELIVERED)

    def test_looking_leaves_no_audit(self, desk: OrderDesk, audit: Audit) -> None:
        desk.find(ADA.owner, PAID)
        desk.recent(ADA.owner)
        desk.refunds(ADA.owner, PAID)
        assert audit() == []


def placed(desk: OrderDesk) -> PlacedOrder:
    order = desk.find(ADA.owner, PAID)
    assert order is not None
    return order


class TestPaper:
    def test_an_invoice_adds_up(self, desks: list[OrderDesk]) -> None:
        for desk in desks:
            order = placed(desk)
            assert desk.refuses_invoice(order) is None
            goods = sum(line.quantity * line.unit_price for line in order.lines)
            sums = (goods, order.shipping, order.total)
            assert sums == (Decimal(140), Decimal(5), Decimal(145))
            assert goods - order.discount + order.shipping == order.total
            assert order.tax in (None, 0)
            assert order.paid

    def test_the_same_can_be_ordered_again(
        self, desks: list[OrderDesk], shop_sessions: sessionmaker[Session]
    ) -> None:
        for desk in desks:
            assert desk.reorder(placed(desk)) == (
                ReorderLine("shirt:red:m", 2, "shirt:red:m"),
                ReorderLine("tent", 1, "tent"),
            )
        with shop_sessions.begin() as session:
            session.delete(session.get_one(Variant, "tent"))
        for desk in desks:
            again = desk.reorder(placed(desk))
            assert isinstance(again, tuple)
            assert [line.variant_id for line in again] == ["shirt:red:m", None]

    def test_a_variant_is_known_by_its_sku(
        self,
        woocommerce_desk: OrderDesk,
        woocommerce: WooShop,
        shop_sessions: sessionmaker[Session],
    ) -> None:
        woocommerce.orders[int(PAID)]["line_items"][0]["sku"] = "S-1"
        with shop_sessions.begin() as session:
            session.execute(
                update(Variant)
                .where(Variant.id == "shirt:red:l")
                .values(attributes={"sku": "S-1", "fit": "slim"})
            )
        again = woocommerce_desk.reorder(placed(woocommerce_desk))
        assert isinstance(again, tuple)
        assert again[0].variant_id == "shirt:red:l"
