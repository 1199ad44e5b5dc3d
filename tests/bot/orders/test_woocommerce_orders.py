"""WooCommerce, spoken to on loopback."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest

from bot.orders.engines.woocommerce import WooCommerceOrders
from bot.orders.errors import (
    BackendDeniedError,
    BackendNonsenseError,
    BackendUnavailableError,
    OrderBackendError,
    RateLimitedError,
)
from bot.orders.outcome import AddressChanged, Cancelled, Refusal, RefusalReason
from bot.orders.owner import Owner
from catalog.models import OrderStatus, RefundStatus
from tests.bot.orders.contract import HOME, OrderBackendContract
from tests.bot.orders.loopback import Trouble
from tests.bot.orders.sold import ADA, PAID, PENDING, REFUNDED, SHIPPED, Person, Sold
from tests.bot.orders.woocommerce_shop import KEY, SECRET, WooShop


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def backend(woocommerce: WooShop, slept: list[float]) -> Iterator[WooCommerceOrders]:
    made = WooCommerceOrders(woocommerce.loopback.url, KEY, SECRET, sleep=slept.append)
    yield made
    made.close()


@pytest.fixture
def written_address(woocommerce: WooShop) -> Callable[[str], str]:
    return lambda number: str(woocommerce.orders[int(number)]["shipping"])


class TestWooCommerceOrders(OrderBackendContract):
    told_as = {  # noqa: RUF012
        OrderStatus.PAID: OrderStatus.PROCESSING,
        OrderStatus.DELIVERED: OrderStatus.SHIPPED,
        OrderStatus.RETURN_REQUESTED: OrderStatus.SHIPPED,
    }


def test_an_order_with_a_number_of_its_own_is_searched_for(
    backend: WooCommerceOrders, woocommerce: WooShop
) -> None:
    woocommerce.add(Sold("77", ADA, OrderStatus.PAID, 1), number="W-2026-9")
    for number in ("W-2026-9", "w20269", "#W-2026-9"):
        order = backend.find(ADA.owner, number)
        assert order is not None
        assert order.number == "W-2026-9"
    assert backend.find(ADA.owner, "77") is None


def test_a_guest_is_nobody_by_the_id_that_guests_have(
    backend: WooCommerceOrders, woocommerce: WooShop
) -> None:
    woocommerce.add(Sold("78", Person("0", "guest@example.com"), OrderStatus.PAID, 1))
    assert backend.find(Owner(customer_id="0"), "78") is None
    assert backend.recent(Owner("eve@example.com", "0"), 5) == ()
    assert backend.find(Owner("guest@example.com"), "78") is not None


def test_lines_are_known_by_variation_and_by_sku(
    backend: WooCommerceOrders, woocommerce: WooShop
) -> None:
    woocommerce.orders[int(PAID)]["line_items"][0]["variation_id"] = 900
    order = backend.find(ADA.owner, PAID)
    assert order is not None
    assert [line.variant_id for line in order.lines] == ["900", "501"]
    assert [line.sku for line in order.lines] == ["shirt:red:m", "tent"]
    assert order.shipped_at is None
    sent = backend.find(ADA.owner, SHIPPED)
    assert sent is not None
    assert sent.shipped_at is not None


def test_the_shops_people_are_told_what_is_left_to_do(
    backend: WooCommerceOrders, woocommerce: WooShop
) -> None:
    cancelled = backend.cancel(ADA.owner, PAID)
    assert isinstance(cancelled, Cancelled)
    assert not cancelled.refund_is_under_way
    backend.cancel(ADA.owner, PENDING)
    (paid, paid_note), (pending, pending_note) = woocommerce.notes
    assert (paid, pending) == (int(PAID), int(PENDING))
    assert "by hand" in paid_note
    assert "by hand" not in pending_note


def test_an_act_stands_without_its_note(backend: WooCommerceOrders, woocommerce: WooShop) -> None:
    woocommerce.loopback.troubles.append(Trouble("/notes", 500))
    assert isinstance(backend.change_address(ADA.owner, PAID, HOME), AddressChanged)
    assert woocommerce.orders[int(PAID)]["shipping"]["country"] == "US"


@pytest.mark.parametrize("status", ["awaiting-pickup", "packed"])
def test_nothing_is_done_in_a_status_of_a_plug_in(
    backend: WooCommerceOrders, woocommerce: WooShop, status: str
) -> None:
    woocommerce.orders[int(PAID)]["status"] = status
    refused = Refusal(RefusalReason.DECLINED, PAID)
    assert backend.cancel(ADA.owner, PAID) == refused
    assert backend.change_address(ADA.owner, PAID, HOME) == refused


@pytest.mark.parametrize("status", ["trash", "checkout-draft"])
def test_what_is_no_order_is_not_shown(
    backend: WooCommerceOrders, woocommerce: WooShop, status: str
) -> None:
    woocommerce.orders[int(PAID)]["status"] = status
    assert backend.find(ADA.owner, PAID) is None


def test_money_sent_by_hand_is_recorded(backend: WooCommerceOrders, woocommerce: WooShop) -> None:
    woocommerce.orders[int(REFUNDED)]["refund_list"][0]["refunded_payment"] = False
    refunds = backend.refunds(ADA.owner, REFUNDED)
    assert refunds is not None
    assert [(each.status, each.settled_at) for each in refunds] == [(RefundStatus.RECORDED, None)]


# Failures.


def test_a_wrong_key_is_denied(woocommerce: WooShop) -> None:
    backend = WooCommerceOrders(woocommerce.loopback.url, KEY, "wrong")
    with pytest.raises(BackendDeniedError, match="401"):
        backend.recent(ADA.owner, 3)
    assert len(woocommerce.loopback.requests) == 1
    backend.close()


def test_a_site_without_the_api_is_denied(backend: WooCommerceOrders, woocommerce: WooShop) -> None:
    body = '{"code": "rest_no_route", "message": "No route was found."}'
    woocommerce.loopback.troubles.append(Trouble(status=404, body=body))
    with pytest.raises(BackendDeniedError):
        backend.find(ADA.owner, PAID)


def test_too_many_requests(
    backend: WooCommerceOrders, woocommerce: WooShop, slept: list[float]
) -> None:
    limited = Trouble(status=429, body="{}", headers={"Retry-After": "2"})
    woocommerce.loopback.troubles.append(limited)
    assert backend.find(ADA.owner, PAID) is not None
    assert slept == [2.0]
    woocommerce.loopback.troubles += [limited] * 3
    with pytest.raises(RateLimitedError):
        backend.find(ADA.owner, PAID)


@pytest.mark.parametrize("status", [500, 503])
def test_reading_is_tried_three_times(
    backend: WooCommerceOrders, woocommerce: WooShop, status: int
) -> None:
    woocommerce.loopback.troubles += [Trouble(status=status)] * 2
    assert backend.find(ADA.owner, PAID) is not None
    woocommerce.loopback.troubles += [Trouble(status=status)] * 3
    with pytest.raises(BackendUnavailableError, match=str(status)):
        backend.find(ADA.owner, PAID)


def test_a_slow_answer_is_given_up(woocommerce: WooShop, slept: list[float]) -> None:
    hasty = WooCommerceOrders(
        woocommerce.loopback.url, KEY, SECRET, seconds=0.5, sleep=slept.append
    )
    woocommerce.loopback.troubles += [Trouble(seconds=1.0)] * 3
    with pytest.raises(BackendUnavailableError):
        hasty.recent(ADA.owner, 3)
    hasty.close()


@pytest.mark.parametrize("body", ["<?php fatal", "[]", '{"id": "x"}', "null", '{"id": 1}'])
def test_garbage_is_nonsense(backend: WooCommerceOrders, woocommerce: WooShop, body: str) -> None:
    woocommerce.loopback.troubles.append(Trouble(body=body))
    with pytest.raises(BackendNonsenseError):
        backend.find(ADA.owner, PAID)


def test_a_cancellation_may_be_sent_again(backend: WooCommerceOrders, woocommerce: WooShop) -> None:
    woocommerce.loopback.troubles.append(Trouble("PUT", 502, afterwards=True))
    assert isinstance(backend.cancel(ADA.owner, PAID), Cancelled)
    assert woocommerce.loopback.asked("PUT") == 2
    assert woocommerce.orders[int(PAID)]["status"] == "cancelled"
    assert len(woocommerce.notes) == 1


def test_a_cancellation_without_an_answer_may_have_been_done(
    backend: WooCommerceOrders, woocommerce: WooShop
) -> None:
    woocommerce.loopback.troubles += [Trouble("PUT", 502, afterwards=True)] * 3
    with pytest.raises(OrderBackendError) as failed:
        backend.cancel(ADA.owner, PAID)
    assert failed.value.may_have_acted
    again = backend.cancel(ADA.owner, PAID)
    assert again == Refusal(RefusalReason.ALREADY_CANCELLED, PAID)


def test_a_shop_that_does_not_do_as_it_says_is_no_success(
    backend: WooCommerceOrders, woocommerce: WooShop
) -> None:
    unchanged = json.dumps(woocommerce.orders[int(PAID)])
    woocommerce.loopback.troubles.append(Trouble("PUT", body=unchanged))
    assert backend.cancel(ADA.owner, PAID) == Refusal(RefusalReason.DECLINED, PAID)


def test_no_log_tells_of_the_customer_or_the_key(
    backend: WooCommerceOrders, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    backend.recent(ADA.owner, 3)
    assert "ada" not in caplog.text
    assert SECRET not in caplog.text
