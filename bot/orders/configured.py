"""The shop's engine of orders, from its settings."""

import ipaddress
from urllib.parse import urlsplit

import httpx
from sqlalchemy.orm import Session, sessionmaker

from bot.orders.desk import OrderDesk
from bot.orders.engines.database import DatabaseOrders
from bot.orders.engines.shopify import ShopifyOrders
from bot.orders.engines.shopify_api import ShopifyApi
from bot.orders.engines.shopify_auth import AccessToken, ClientCredentials
from bot.orders.engines.woocommerce import WooCommerceOrders
from bot.orders.errors import OrdersNotConfiguredError
from bot.orders.port import OrderBackend
from bot.orders.returns import ReturnTerms
from bot.settings import Settings


def make_desk(settings: Settings, sessions: sessionmaker[Session]) -> OrderDesk:
    """The engine that the settings name, behind the ledger.

    Raises:
        OrdersNotConfiguredError: a setting is missing or wrong.
    """
    return OrderDesk(make_backend(settings, sessions), sessions, return_terms(settings))


def make_backend(settings: Settings, sessions: sessionmaker[Session]) -> OrderBackend:
    """The engine alone: for what only looks at orders.

    Raises:
        OrdersNotConfiguredError: a setting is missing or wrong.
    """
    terms = return_terms(settings)
    if settings.orders == "shopify":
        return ShopifyOrders(ShopifyApi(settings.shopify_url, _shopify_auth(settings)), terms)
    if settings.orders == "woocommerce":
        key = settings.woocommerce_key.get_secret_value()
        secret = settings.woocommerce_secret.get_secret_value()
        url = settings.woocommerce_url
        _require(settings, woocommerce_url=url, woocommerce_key=key, woocommerce_secret=secret)
        return WooCommerceOrders(url, key, secret)
    return DatabaseOrders(sessions, terms)


def return_terms(settings: Settings) -> ReturnTerms:
    return ReturnTerms(settings.return_days, settings.return_address, settings.return_label_url)


def _shopify_auth(settings: Settings) -> httpx.Auth:
    url, id = settings.shopify_url, settings.shopify_client_id
    secret = settings.shopify_client_secret.get_secret_value()
    token = settings.shopify_token.get_secret_value()
    if token:
        _require(settings, shopify_url=url)
        return AccessToken(token)
    _require(settings, shopify_url=url, shopify_client_id=id, shopify_client_secret=secret)
    return ClientCredentials(url, id, secret)


def _require(settings: Settings, **values: str) -> None:
    engine = f"AISLE_ORDERS={settings.orders}"
    missing = [f"AISLE_{name.upper()}" for name, value in values.items() if not value]
    if missing:
        raise OrdersNotConfiguredError(f"{engine} needs {', '.join(missing)}.")
    for name, value in values.items():
        if name.endswith("_url") and not _is_safe(value):
            raise OrdersNotConfiguredError(
                f"AISLE_{name.upper()} is no address that a key may be sent to; write "
                "https://shop.example"
            )


def _is_safe(url: str) -> bool:
    """Over TLS, or on this machine."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.query:
        return False
    if parts.scheme == "https":
        return True
    try:
        is_here = ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        is_here = parts.hostname == "localhost"
    return parts.scheme == "http" and is_here
