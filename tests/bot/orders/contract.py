"""What every engine of orders must do, as far as it is capable of it."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.orders import rules
from bot.orders.address import Address
from bot.orders.capability import Capability
from bot.orders.outcome import AddressChanged, Cancelled, Refusal, RefusalReason, ReturnStarted
from bot.orders.owner import Owner
from bot.orders.port import OrderBackend
from bot.orders.returns import ReturnItem
from catalog.models import OrderStatus, RefundStatus, ReturnCondition, ReturnReason
from tests.bot.orders.sold import (
    ADA,
    BOB,
    BOBS,
    CANCELLED,
    DELIVERED,
    LATE,
    PAID,
    PENDING,
    PROCESSING,
    REFUNDED,
    RETURNING,
    SHIPPED,
    SOLD,
    Sold,
)

HOME = Address("Ada King", "2 New Street", "Salem", "97301", region="OR")


class OrderBackendContract:
    told_as: dict[OrderStatus, OrderStatus] = {}  # noqa: RUF012  # each engine has its own
    """The statuses that an engine does not tell from others."""

    # Finding.

    @pytest.mark.parametrize("sold", SOLD, ids=lambda sold: str(sold.status))
    def test_an_order_is_found_with_its_lines(self, backend: OrderBackend, sold: Sold) -> None:
        order = backend.find(sold.person.owner, sold.number)
        assert order is not None
        assert order.number == sold.number
        assert order.status is self.told_as.get(sold.status, sold.status)
        assert order.placed_at == sold.placed_at
        assert (order.total, order.shipping, order.currency) == (sold.total, Decimal(5), "USD")
        lines = [(line.title, line.quantity, line.unit_price) for line in order.lines]
        assert lines == [(item.variant, item.quantity, item.price) for item in sold.items]
        if Capability.TRACKING in backend.capabilities:
            sent = sold.status is OrderStatus.SHIPPED or sold.delivered_at is not None
            assert [parcel.tracking_number for parcel in order.parcels] == ["PP1"] * sent
            assert order.delivered_at == sold.delivered_at

    @pytest.mark.parametrize("number", ["#1005", " 1005 ", "# 1005", "10-05"])
    def test_a_number_is_found_however_it_is_written(
        self, backend: OrderBackend, number: str
    ) -> None:
        order = backend.find(ADA.owner, number)
        assert order is not None
        assert order.number == DELIVERED

    @pytest.mark.parametrize("number", [BOBS, "9999", "", "#", '" OR name:"1001', "../1001/x", "%"])
    def test_what_is_somebody_elses_or_nothing_is_not_found(
        self, backend: OrderBackend, number: str
    ) -> None:
        assert backend.find(ADA.owner, number) is None

    def test_an_owner_is_known_by_the_shops_id_too(self, backend: OrderBackend) -> None:
        renamed = Owner("new@example.com", ADA.id)
        assert backend.find(renamed, PAID) is not None
        assert backend.find(Owner("new@example.com", BOB.id), PAID) is None
        assert backend.find(Owner("ADA@Example.com"), PAID) is not None

    def test_the_latest_orders_come_first_and_are_the_owners(self, backend: OrderBackend) -> None:
        numbers = [order.number for order in backend.recent(ADA.owner, 3)]
        assert numbers == [PENDING, PAID, PROCESSING]
        assert [order.number for order in backend.recent(BOB.owner, 3)] == [BOBS]
        assert backend.recent(Owner("nobody@example.com"), 3) == ()
        assert len(backend.recent(Owner(customer_id=ADA.id), 99)) == len(SOLD) - 1

    # Cancelling.

    @pytest.mark.parametrize("number", [PAID, PROCESSING])
    def test_an_order_that_was_not_sent_is_cancelled(
        self, backend: OrderBackend, number: str
    ) -> None:
        cancelled = backend.cancel(ADA.owner, number)
        assert isinstance(cancelled, Cancelled)
        assert (cancelled.number, cancelled.refund) == (number, Decimal(145))
        order = backend.find(ADA.owner, number)
        assert order is not None
        assert order.status is OrderStatus.CANCELLED

    def test_nothing_goes_back_for_what_was_not_paid(self, backend: OrderBackend) -> None:
        cancelled = backend.cancel(ADA.owner, PENDING)
        assert isinstance(cancelled, Cancelled)
        assert (cancelled.refund, cancelled.refund_is_under_way) == (None, False)

    @pytest.mark.parametrize("number", [SHIPPED, DELIVERED, CANCELLED, REFUNDED, RETURNING])
    def test_an_order_that_was_sent_or_is_over_is_not_cancelled(
        self, backend: OrderBackend, number: str
    ) -> None:
        before = backend.find(ADA.owner, number)
        assert before is not None
        refused = backend.cancel(ADA.owner, number)
        assert refused == rules.refuses_to_cancel(before)
        assert isinstance(refused, Refusal)
        assert backend.find(ADA.owner, number) == before

    def test_a_second_cancellation_is_refused(self, backend: OrderBackend) -> None:
        backend.cancel(ADA.owner, PAID)
        again = backend.cancel(ADA.owner, PAID)
        assert again == Refusal(RefusalReason.ALREADY_CANCELLED, PAID)

    def test_nobody_cancels_somebody_elses_order(self, backend: OrderBackend) -> None:
        refused = backend.cancel(ADA.owner, BOBS)
        assert refused == Refusal(RefusalReason.NOT_FOUND, BOBS)
        assert refused == backend.cancel(ADA.owner, BOBS)
        bobs = backend.find(BOB.owner, BOBS)
        assert bobs is not None
        assert bobs.status is not OrderStatus.CANCELLED

    # Another address.

    def test_the_address_changes_before_dispatch(
        self, backend: OrderBackend, written_address: Callable[[str], str]
    ) -> None:
        changed = backend.change_address(ADA.owner, PAID, HOME)
        assert changed == AddressChanged(PAID)
        for part in ("King", "2 New Street", "Salem", "97301"):
            assert part in written_address(PAID)

    @pytest.mark.parametrize(
        ("number", "address", "reason"),
        [
            (SHIPPED, HOME, RefusalReason.ALREADY_SHIPPED),
            (CANCELLED, HOME, RefusalReason.ALREADY_CANCELLED),
            (BOBS, HOME, RefusalReason.NOT_FOUND),
            (PAID, Address("Ada", "", "Salem", "97301"), RefusalReason.INCOMPLETE_ADDRESS),
            (PAID, Address("Ada", " \n", "Salem", "97301"), RefusalReason.INCOMPLETE_ADDRESS),
        ],
    )
    def test_an_address_is_refused(
        self,
        backend: OrderBackend,
        written_address: Callable[[str], str],
        number: str,
        address: Address,
        reason: RefusalReason,
    ) -> None:
        before = written_address(number)
        refused = backend.change_address(ADA.owner, number, address)
        assert isinstance(refused, Refusal)
        assert refused.reason is reason
        assert written_address(number) == before

    def test_another_country_is_refused_where_the_order_names_one(
        self, backend: OrderBackend
    ) -> None:
        order = backend.find(ADA.owner, PAID)
        assert order is not None
        abroad = Address("Ada", "1 Rue Neuve", "Paris", "75001", country="fr")
        refused = backend.change_address(ADA.owner, PAID, abroad)
        expected = Refusal(RefusalReason.OTHER_COUNTRY, PAID) if order.country else None
        assert refused == (expected or AddressChanged(PAID))

    # Sending back.

    def test_chosen_lines_are_sent_back(self, backend: OrderBackend) -> None:
        if not _offers(backend, Capability.RETURN):
            return
        order = backend.find(ADA.owner, DELIVERED)
        assert order is not None
        shirt, tent = order.lines
        items = [
            ReturnItem(shirt.id, 1, ReturnReason.TOO_SMALL),
            ReturnItem(tent.id, 1, ReturnReason.DEFECTIVE, ReturnCondition.USED, "the pole broke"),
        ]
        started = backend.start_return(ADA.owner, DELIVERED, items)
        assert isinstance(started, ReturnStarted)
        assert started.number == DELIVERED
        assert started.return_number == f"{DELIVERED}-R1"
        assert started.label_url == f"https://shop.example/label/{DELIVERED}-R1"
        assert started.send_to == "Returns, 1 Depot Road"
        assert not started.is_exchange
        after = backend.find(ADA.owner, DELIVERED)
        assert after is not None
        assert after.status is OrderStatus.RETURN_REQUESTED

    def test_a_return_with_pictures_is_one_like_any_other(self, backend: OrderBackend) -> None:
        if not _offers(backend, Capability.RETURN):
            assert Capability.RETURN_PICTURES not in backend.capabilities
            return
        order = backend.find(ADA.owner, DELIVERED)
        assert order is not None
        tent = [ReturnItem(order.lines[1].id, 1, ReturnReason.DAMAGED)]
        link = "https://shop.example/attachments/x"
        assert isinstance(backend.start_return(ADA.owner, DELIVERED, tent, link), ReturnStarted)

    def test_a_line_is_not_sent_back_twice(self, backend: OrderBackend) -> None:
        if not _offers(backend, Capability.RETURN):
            return
        order = backend.find(ADA.owner, DELIVERED)
        assert order is not None
        shirt, tent = order.lines
        whole = [ReturnItem(tent.id, 1, ReturnReason.CHANGED_MIND)]
        backend.start_return(ADA.owner, DELIVERED, whole)
        again = backend.start_return(ADA.owner, DELIVERED, whole)
        assert again == Refusal(RefusalReason.TOO_MANY, DELIVERED, line_id=tent.id, quantity=0)
        rest = [ReturnItem(shirt.id, 2, ReturnReason.CHANGED_MIND)]
        assert isinstance(backend.start_return(ADA.owner, DELIVERED, rest), ReturnStarted)

    @pytest.mark.parametrize(
        ("number", "reason"),
        [
            (LATE, RefusalReason.TOO_LATE),
            (PAID, RefusalReason.NOT_DELIVERED),
            (SHIPPED, RefusalReason.NOT_DELIVERED),
            (CANCELLED, RefusalReason.ALREADY_CANCELLED),
            (REFUNDED, RefusalReason.ALREADY_REFUNDED),
            (RETURNING, RefusalReason.RETURN_UNDER_WAY),
            (BOBS, RefusalReason.NOT_FOUND),
        ],
    )
    def test_an_order_is_not_taken_back(
        self, backend: OrderBackend, number: str, reason: RefusalReason
    ) -> None:
        if not _offers(backend, Capability.RETURN):
            return
        items = [ReturnItem("0", 1, ReturnReason.CHANGED_MIND)]
        refused = backend.start_return(ADA.owner, number, items)
        assert isinstance(refused, Refusal)
        assert refused.reason is reason

    # Money.

    def test_refunds_are_told(self, backend: OrderBackend) -> None:
        if not _offers(backend, Capability.REFUNDS):
            return
        refunds = backend.refunds(ADA.owner, REFUNDED)
        assert refunds is not None
        (refund,) = refunds
        assert (refund.amount, refund.currency) == (Decimal(145), "USD")
        assert refund.status is RefundStatus.DONE
        assert backend.refunds(ADA.owner, PAID) == ()
        assert backend.refunds(BOB.owner, REFUNDED) is None


def _offers(backend: OrderBackend, capability: Capability) -> bool:
    if capability in backend.capabilities:
        return True
    with pytest.raises(NotImplementedError):
        if capability is Capability.RETURN:
            backend.start_return(ADA.owner, DELIVERED, [])
        else:
            backend.refunds(ADA.owner, DELIVERED)
    return False
