import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine

from bot.orders.configured import make_backend, make_desk, return_terms
from bot.orders.engines.database import DatabaseOrders
from bot.orders.engines.shopify import ShopifyOrders
from bot.orders.engines.woocommerce import WooCommerceOrders
from bot.orders.errors import OrdersNotConfiguredError
from bot.orders.returns import ReturnTerms
from bot.settings import Settings
from catalog.database import sessions

SESSIONS = sessions(create_engine("sqlite://"))
SHOPIFY = Settings(
    orders="shopify",
    shopify_url="https://my-shop.myshopify.com",
    shopify_client_id="client",
    shopify_client_secret=SecretStr("shpss_1"),
)
WITH_TOKEN = Settings(
    orders="shopify",
    shopify_url="https://my-shop.myshopify.com",
    shopify_token=SecretStr("shpat_1"),
)
WOOCOMMERCE = Settings(
    orders="woocommerce",
    woocommerce_url="https://shop.example",
    woocommerce_key=SecretStr("ck_1"),
    woocommerce_secret=SecretStr("cs_1"),
)


@pytest.mark.parametrize(
    ("settings", "engine"),
    [
        (Settings(), DatabaseOrders),
        (SHOPIFY, ShopifyOrders),
        (WITH_TOKEN, ShopifyOrders),
        (WOOCOMMERCE, WooCommerceOrders),
    ],
)
def test_the_settings_name_the_engine(settings: Settings, engine: type) -> None:
    backend = make_backend(settings, SESSIONS)
    assert type(backend) is engine
    desk = make_desk(settings, SESSIONS)
    assert desk.capabilities == backend.capabilities
    desk.close()
    backend.close()


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        (
            Settings(orders="shopify"),
            "AISLE_SHOPIFY_URL, AISLE_SHOPIFY_CLIENT_ID, AISLE_SHOPIFY_CLIENT_SECRET",
        ),
        (
            WOOCOMMERCE.model_copy(update={"woocommerce_secret": SecretStr("")}),
            "AISLE_WOOCOMMERCE_SECRET",
        ),
    ],
)
def test_what_is_missing_is_named(settings: Settings, missing: str) -> None:
    with pytest.raises(OrdersNotConfiguredError, match=missing):
        make_backend(settings, SESSIONS)


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("https://shop.example/", True),
        ("http://127.0.0.1:8080", True),
        ("http://localhost:8080", True),
        ("http://shop.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("shop.example", False),
        ("https://user:pass@shop.example", False),
        ("ftp://shop.example", False),
        ("https://", False),
    ],
)
def test_a_key_is_sent_over_tls_only(url: str, is_taken: bool) -> None:
    settings = SHOPIFY.model_copy(update={"shopify_url": url})
    if is_taken:
        make_backend(settings, SESSIONS).close()
    else:
        with pytest.raises(OrdersNotConfiguredError, match="AISLE_SHOPIFY_URL"):
            make_backend(settings, SESSIONS)


def test_a_secret_is_not_printed_but_reaches_a_child_process() -> None:
    for settings, secret in ((SHOPIFY, "shpss_1"), (WOOCOMMERCE, "cs_1")):
        assert secret not in repr(settings)
        assert secret in settings.environment().values()


def test_the_terms_of_returns_are_the_shops() -> None:
    settings = Settings(
        return_days=14, return_address="1 Depot Road", return_label_url="https://l.example/{number}"
    )
    terms = return_terms(settings)
    assert terms == ReturnTerms(14, "1 Depot Road", "https://l.example/{number}")
    assert terms.label_of("A1-R1") == "https://l.example/A1-R1"
