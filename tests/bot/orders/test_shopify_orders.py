"""Shopify, spoken to on loopback over its own schema."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.orders.engines.shopify import ShopifyOrders
from bot.orders.engines.shopify_api import ShopifyApi
from bot.orders.engines.shopify_auth import AccessToken
from bot.orders.errors import (
    BackendDeniedError,
    BackendNonsenseError,
    BackendUnavailableError,
    OrderBackendError,
    RateLimitedError,
)
from bot.orders.outcome import AddressChanged, Cancelled, Refusal, RefusalReason, ReturnStarted
from bot.orders.returns import ReturnItem
from catalog.models import OrderStatus, RefundStatus, ReturnCondition, ReturnReason
from tests.bot.orders.contract import HOME, OrderBackendContract
from tests.bot.orders.loopback import Trouble
from tests.bot.orders.shopify_shop import TOKEN, ShopifyShop
from tests.bot.orders.sold import ADA, DELIVERED, NOW, PAID, PENDING, SHIPPED, TERMS, Sold


class Slept(list[float]):
    """How long the engine wanted to wait, without the wait."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def slept() -> Slept:
    return Slept()


@pytest.fixture
def backend(shopify: ShopifyShop, slept: Slept) -> Iterator[ShopifyOrders]:
    api = ShopifyApi(shopify.loopback.url, AccessToken(TOKEN), sleep=slept)
    made = ShopifyOrders(api, TERMS, clock=lambda: NOW, sleep=slept)
    yield made
    made.close()


@pytest.fixture
def hasty(shopify: ShopifyShop, slept: Slept) -> Iterator[ShopifyOrders]:
    api = ShopifyApi(shopify.loopback.url, AccessToken(TOKEN), seconds=0.5, sleep=slept)
    made = ShopifyOrders(api, TERMS, clock=lambda: NOW, sleep=slept)
    yield made
    made.close()


@pytest.fixture
def written_address(shopify: ShopifyShop) -> Callable[[str], str]:
    return lambda number: str(shopify.named(number).get("written"))


class TestShopifyOrders(OrderBackendContract):
    pass


def test_letters_and_dashes_of_a_number_do_not_matter(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    shopify.add(Sold("77", ADA, OrderStatus.PAID, 1), prefix="#AB-")
    for number in ("AB-77", "ab77", "#ab 77"):
        order = backend.find(ADA.owner, number)
        assert order is not None
        assert order.number == "AB-77"


def test_lines_name_variants_as_the_export_does(backend: ShopifyOrders) -> None:
    order = backend.find(ADA.owner, PAID)
    assert order is not None
    assert [line.variant_id for line in order.lines] == ["shirt:red:m", "tent"]
    assert order.page_url == f"https://shop.example/orders/{PAID}"
    assert order.country == "US"


def test_discounts_and_taxes_are_told_apart_from_prices(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    order = shopify.named(PAID)
    for field, amount in (("totalDiscountsSet", "10"), ("totalTaxSet", "3.5")):
        order[field]["presentmentMoney"]["amount"] = amount
    found = backend.find(ADA.owner, PAID)
    assert found is not None
    assert (found.discount, found.tax, found.tax_is_included) == (
        Decimal(10),
        Decimal("3.5"),
        False,
    )


def test_a_parcel_that_was_called_back_does_not_count(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    parcels = shopify.named(DELIVERED)["fulfillments"]
    parcels.append(parcels[0] | {"displayStatus": "CANCELED", "deliveredAt": None})
    order = backend.find(ADA.owner, DELIVERED)
    assert order is not None
    assert (order.status, len(order.parcels)) == (OrderStatus.DELIVERED, 1)


def test_of_two_parcels_one_under_way_the_order_is_under_way(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    parcels = shopify.named(DELIVERED)["fulfillments"]
    parcels.append(parcels[0] | {"displayStatus": "IN_TRANSIT", "deliveredAt": None})
    order = backend.find(ADA.owner, DELIVERED)
    assert order is not None
    assert (order.status, order.delivered_at) == (OrderStatus.SHIPPED, None)


def test_a_cancellation_refunds_the_way_it_was_paid(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    cancelled = backend.cancel(ADA.owner, PAID)
    assert isinstance(cancelled, Cancelled)
    assert (cancelled.refund_is_under_way, cancelled.is_final) == (True, True)
    refunds = backend.refunds(ADA.owner, PAID)
    assert refunds is not None
    assert [refund.status for refund in refunds] == [RefundStatus.PENDING]


def test_a_cancellation_that_takes_its_time_is_told_so(
    backend: ShopifyOrders, shopify: ShopifyShop, slept: Slept
) -> None:
    shopify.cancels_late = True
    cancelled = backend.cancel(ADA.owner, PAID)
    assert isinstance(cancelled, Cancelled)
    assert not cancelled.is_final
    assert 1 <= sum(slept) <= 3
    assert shopify.loopback.asked("mutation CancelOrder") == 1


def test_a_cancellation_is_not_undone_by_failing_to_look_at_it(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    shopify.loopback.troubles += [Trouble("query Cancellation", 500)] * 3
    cancelled = backend.cancel(ADA.owner, PAID)
    assert isinstance(cancelled, Cancelled)
    assert not cancelled.is_final


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("INVALID", RefusalReason.DECLINED),
        ("NOT_FOUND", RefusalReason.NOT_FOUND),
        ("NO_REFUND_PERMISSION", BackendDeniedError),
        ("INTERNAL_ERROR", BackendUnavailableError),
    ],
)
def test_what_shopify_says_against_a_cancellation(
    backend: ShopifyOrders,
    shopify: ShopifyShop,
    code: str,
    expected: RefusalReason | type[OrderBackendError],
) -> None:
    shopify.refuses = code
    if isinstance(expected, RefusalReason):
        assert backend.cancel(ADA.owner, PAID) == Refusal(expected, PAID)
    else:
        with pytest.raises(expected):
            backend.cancel(ADA.owner, PAID)


def test_an_address_that_shopify_does_not_take_is_incomplete(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    shopify.refuses = "INVALID"
    refused = backend.change_address(ADA.owner, PAID, HOME)
    assert refused == Refusal(RefusalReason.INCOMPLETE_ADDRESS, PAID)


def test_an_address_keeps_the_country(backend: ShopifyOrders, shopify: ShopifyShop) -> None:
    assert isinstance(backend.change_address(ADA.owner, PAID, HOME), AddressChanged)
    assert shopify.named(PAID)["written"] == {
        "firstName": "Ada",
        "lastName": "King",
        "address1": "2 New Street",
        "address2": "",
        "city": "Salem",
        "provinceCode": "OR",
        "zip": "97301",
        "countryCode": "US",
    }


def test_a_return_is_asked_for_in_shopifys_words(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    order = backend.find(ADA.owner, DELIVERED)
    assert order is not None
    item = ReturnItem(
        order.lines[0].id, 2, ReturnReason.DAMAGED, ReturnCondition.USED, "torn " * 100
    )
    started = backend.start_return(ADA.owner, DELIVERED, [item])
    assert isinstance(started, ReturnStarted)
    assert started.needs_approval
    (line,) = shopify.returns[0]["returnLineItems"]
    assert (line["returnReason"], line["quantity"]) == ("DEFECTIVE", 2)
    assert line["customerNote"].startswith("used. torn")
    assert len(line["customerNote"]) <= 300


def test_a_return_has_the_link_to_its_pictures_in_whole(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    order = backend.find(ADA.owner, DELIVERED)
    assert order is not None
    link = f"https://shop.example/attachments/{'x' * 90}"
    for place, words in enumerate(("torn " * 100, "torn")):
        item = ReturnItem(order.lines[0].id, 1, ReturnReason.DAMAGED, note=words)
        backend.start_return(ADA.owner, DELIVERED, [item], link)
        (line,) = shopify.returns[place]["returnLineItems"]
        assert line["customerNote"].startswith("unused. torn")
        assert line["customerNote"].endswith(f" {link}")
        assert len(line["customerNote"]) <= 300


def test_days_count_from_dispatch_where_no_carrier_reports(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    (parcel,) = shopify.named(SHIPPED)["fulfillments"]
    parcel["displayStatus"] = "FULFILLED"
    order = backend.find(ADA.owner, SHIPPED)
    assert order is not None
    assert (order.status, order.delivered_at) == (OrderStatus.SHIPPED, None)
    assert order.shipped_at == NOW - timedelta(days=3)
    item = ReturnItem(order.lines[0].id, 1, ReturnReason.STYLE)
    assert isinstance(backend.start_return(ADA.owner, SHIPPED, [item]), ReturnStarted)


# Failures.


def test_a_wrong_token_is_denied(shopify: ShopifyShop) -> None:
    backend = ShopifyOrders(ShopifyApi(shopify.loopback.url, AccessToken("wrong")), TERMS)
    with pytest.raises(BackendDeniedError, match="401"):
        backend.find(ADA.owner, PAID)
    assert len(shopify.loopback.requests) == 1
    backend.close()


def test_a_shop_that_is_not_there_is_denied(backend: ShopifyOrders, shopify: ShopifyShop) -> None:
    shopify.loopback.troubles.append(Trouble(status=404, body='{"errors": "Not Found"}'))
    with pytest.raises(BackendDeniedError):
        backend.find(ADA.owner, PAID)


def test_reading_waits_as_long_as_it_is_told_to(
    backend: ShopifyOrders, shopify: ShopifyShop, slept: Slept
) -> None:
    throttled = (
        '{"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}], "extensions":'
        ' {"cost": {"requestedQueryCost": 150, "throttleStatus":'
        ' {"maximumAvailable": 1000, "currentlyAvailable": 50, "restoreRate": 50}}}}'
    )
    shopify.loopback.troubles += [
        Trouble(status=429, body="{}", headers={"Retry-After": "1.5"}),
        Trouble(body=throttled),
    ]
    assert backend.find(ADA.owner, PAID) is not None
    assert slept == [1.5, 2.0]


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120), ("Fri, 01 Jan 2100 00:00:00 GMT", 1e9)]
)
def test_who_sends_us_away_for_long_is_not_waited_for(
    backend: ShopifyOrders, shopify: ShopifyShop, slept: Slept, header: str, seconds: float
) -> None:
    shopify.loopback.troubles.append(
        Trouble(status=429, body="{}", headers={"Retry-After": header})
    )
    with pytest.raises(RateLimitedError) as limited:
        backend.find(ADA.owner, PAID)
    assert limited.value.retry_after >= seconds
    assert slept == []


@pytest.mark.parametrize("status", [500, 502, 503])
def test_reading_is_tried_three_times(
    backend: ShopifyOrders, shopify: ShopifyShop, slept: Slept, status: int
) -> None:
    shopify.loopback.troubles += [Trouble(status=status)] * 2
    assert backend.find(ADA.owner, PAID) is not None
    shopify.loopback.troubles += [Trouble(status=status)] * 3
    with pytest.raises(BackendUnavailableError, match=str(status)):
        backend.find(ADA.owner, PAID)
    assert len(slept) == 4


@pytest.mark.parametrize(
    "body",
    [
        "<html>Sorry</html>",
        "",
        "[]",
        "{}",
        '{"data": null}',
        '{"data": {"orders": {"nodes": [{"id": 7}]}}}',
        '{"data": {"orders": null}}',
        '{"errors": [{"message": "Parse error"}]}',
        '{"errors": "broken"}',
        "\udcff".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_garbage_is_nonsense(backend: ShopifyOrders, shopify: ShopifyShop, body: str) -> None:
    shopify.loopback.troubles.append(Trouble(body=body))
    with pytest.raises(BackendNonsenseError):
        backend.find(ADA.owner, PAID)


def test_a_slow_answer_is_given_up(hasty: ShopifyOrders, shopify: ShopifyShop) -> None:
    shopify.loopback.troubles += [Trouble(seconds=1.0)] * 3
    with pytest.raises(BackendUnavailableError):
        hasty.find(ADA.owner, PAID)


def test_an_act_whose_answer_is_too_slow_is_not_sent_again(
    hasty: ShopifyOrders, shopify: ShopifyShop
) -> None:
    shopify.loopback.troubles.append(Trouble("mutation CancelOrder", seconds=1.0, afterwards=True))
    with pytest.raises(BackendUnavailableError) as failed:
        hasty.cancel(ADA.owner, PAID)
    assert failed.value.may_have_acted
    assert shopify.loopback.asked("mutation CancelOrder") == 1


def test_nobody_there_is_unavailable(slept: Slept) -> None:
    backend = ShopifyOrders(
        ShopifyApi("http://127.0.0.1:9", AccessToken(TOKEN), sleep=slept), TERMS
    )
    with pytest.raises(BackendUnavailableError):
        backend.find(ADA.owner, PAID)
    backend.close()


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble("mutation CancelOrder", 502, afterwards=True),
        Trouble("mutation CancelOrder", body="<html>", afterwards=True),
        Trouble("mutation CancelOrder", body='{"data": {"orderCancel": {}}}', afterwards=True),
    ],
)
def test_an_act_whose_answer_is_lost_is_not_sent_again(
    backend: ShopifyOrders, shopify: ShopifyShop, trouble: Trouble
) -> None:
    shopify.loopback.troubles.append(trouble)
    with pytest.raises(OrderBackendError) as failed:
        backend.cancel(ADA.owner, PAID)
    assert failed.value.may_have_acted
    assert shopify.loopback.asked("mutation CancelOrder") == 1
    assert backend.cancel(ADA.owner, PAID) == Refusal(RefusalReason.ALREADY_CANCELLED, PAID)


def test_an_act_that_was_turned_away_is_sent_again(
    backend: ShopifyOrders, shopify: ShopifyShop, slept: Slept
) -> None:
    shopify.loopback.troubles.append(
        Trouble("mutation CancelOrder", 429, "{}", {"Retry-After": "1"})
    )
    assert isinstance(backend.cancel(ADA.owner, PENDING), Cancelled)
    assert slept == [1.0]


def test_neither_a_log_nor_an_error_tells_of_the_customer(
    backend: ShopifyOrders,
    shopify: ShopifyShop,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    backend.find(ADA.owner, PAID)
    broken: dict[str, Any] = shopify.named(PAID)
    broken["name"] = f"#{PAID}"
    shopify.loopback.troubles.append(
        Trouble("query Order(", body='{"data": {"order": {"email": "ada@example.com"}}}')
    )
    with pytest.raises(BackendNonsenseError) as failed:
        backend.find(ADA.owner, PAID)
    assert "ada@" not in f"{failed.value}{caplog.text}"
    assert TOKEN not in f"{failed.value}{caplog.text}"
