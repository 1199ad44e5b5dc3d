"""Tokens that are fetched, kept and renewed."""

from collections.abc import Iterator

import pytest

from bot.orders.engines.shopify import ShopifyOrders
from bot.orders.engines.shopify_api import ShopifyApi
from bot.orders.engines.shopify_auth import ClientCredentials
from bot.orders.errors import (
    BackendDeniedError,
    BackendNonsenseError,
    BackendUnavailableError,
    OrderBackendError,
)
from bot.orders.outcome import Cancelled
from tests.bot.orders.loopback import Trouble
from tests.bot.orders.shopify_shop import CLIENT_ID, CLIENT_SECRET, ShopifyShop
from tests.bot.orders.sold import ADA, PAID, TERMS


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def backend(shopify: ShopifyShop, clock: Clock) -> Iterator[ShopifyOrders]:
    auth = ClientCredentials(shopify.loopback.url, CLIENT_ID, CLIENT_SECRET, clock)
    made = ShopifyOrders(
        ShopifyApi(shopify.loopback.url, auth, sleep=lambda _: None), TERMS, sleep=lambda _: None
    )
    yield made
    made.close()


def test_a_token_is_fetched_once_a_day(
    backend: ShopifyOrders, shopify: ShopifyShop, clock: Clock
) -> None:
    for hours, fetched in ((0, 1), (12, 1), (24, 2)):
        clock.now = hours * 3600.0
        assert backend.find(ADA.owner, PAID) is not None
        assert len(shopify.tokens) == fetched


def test_a_token_that_was_withdrawn_is_renewed_and_the_act_done_once(
    backend: ShopifyOrders, shopify: ShopifyShop
) -> None:
    assert backend.find(ADA.owner, PAID) is not None
    shopify.tokens.append("another")
    assert isinstance(backend.cancel(ADA.owner, PAID), Cancelled)
    assert len(shopify.tokens) == 3


def test_a_wrong_secret_is_denied(shopify: ShopifyShop) -> None:
    auth = ClientCredentials(shopify.loopback.url, CLIENT_ID, "wrong")
    backend = ShopifyOrders(ShopifyApi(shopify.loopback.url, auth), TERMS)
    with pytest.raises(BackendDeniedError, match="client id or secret") as denied:
        backend.find(ADA.owner, PAID)
    assert "wrong" not in str(denied.value)
    assert len(shopify.loopback.requests) == 1
    backend.close()


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble("/oauth/", 503), BackendUnavailableError),
        (Trouble("/oauth/", 429), BackendUnavailableError),
        (Trouble("/oauth/", body="<html>"), BackendNonsenseError),
        (Trouble("/oauth/", body='{"access_token": null}'), BackendNonsenseError),
    ],
)
def test_no_token_no_answer(
    backend: ShopifyOrders,
    shopify: ShopifyShop,
    trouble: Trouble,
    error: type[OrderBackendError],
) -> None:
    shopify.loopback.troubles += [trouble] * 3
    with pytest.raises(error):
        backend.find(ADA.owner, PAID)
    shopify.loopback.forget()
    assert backend.find(ADA.owner, PAID) is not None
