"""The shop's products, its orders in each engine, and the desks in front of them."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from bot.orders.desk import OrderDesk
from bot.orders.engines.database import DatabaseOrders
from bot.orders.engines.shopify import ShopifyOrders
from bot.orders.engines.shopify_api import ShopifyApi
from bot.orders.engines.shopify_auth import AccessToken
from bot.orders.engines.woocommerce import WooCommerceOrders
from bot.orders.ledger import OrderLedger
from catalog.database import sessions
from catalog.models import (
    Customer,
    OrderAudit,
    Product,
    Variant,
)
from tests.bot.orders.desks import Audit, MakeDesk
from tests.bot.orders.shopify_shop import TOKEN, ShopifyShop, open_shopify
from tests.bot.orders.sold import ADA, BOB, NOW, SOLD, TERMS
from tests.bot.orders.tables import add_order
from tests.bot.orders.woocommerce_shop import KEY, SECRET, WooShop, open_woocommerce


@pytest.fixture
def shop_sessions(engine: Engine) -> sessionmaker[Session]:
    """On SQLite and on PostgreSQL: three shirts, a tent, and what was sold."""
    made = sessions(engine)
    with made.begin() as session:
        session.add_all(
            [
                Product(
                    id="shirt",
                    title="Shirt",
                    variants=[
                        _variant("shirt:red:m", "20.00", 5),
                        _variant("shirt:red:l", "20.00", 1),
                        _variant("shirt:blue:m", "25.00", 5),
                    ],
                ),
                Product(id="tent", title="Tent", variants=[_variant("tent", "100.00", 5)]),
                *(
                    Customer(id=person.id, email=person.email, name=person.email)
                    for person in (ADA, BOB)
                ),
            ]
        )
        session.flush()
        for sold in SOLD:
            add_order(session, sold)
    return made


@pytest.fixture(scope="session")
def shopify_server() -> Iterator[ShopifyShop]:
    with open_shopify() as shop:
        yield shop


@pytest.fixture
def shopify(shopify_server: ShopifyShop) -> ShopifyShop:
    shopify_server.restock()
    return shopify_server


@pytest.fixture(scope="session")
def woocommerce_server() -> Iterator[WooShop]:
    with open_woocommerce() as shop:
        yield shop


@pytest.fixture
def woocommerce(woocommerce_server: WooShop) -> WooShop:
    woocommerce_server.restock()
    return woocommerce_server


@pytest.fixture
def make_desk(shop_sessions: sessionmaker[Session]) -> MakeDesk:
    ledger = OrderLedger(shop_sessions, lambda: NOW)
    return lambda backend: OrderDesk(backend, shop_sessions, TERMS, ledger, lambda: NOW)


@pytest.fixture
def desk(make_desk: MakeDesk, shop_sessions: sessionmaker[Session]) -> OrderDesk:
    return make_desk(DatabaseOrders(shop_sessions, TERMS, lambda: NOW))


@pytest.fixture
def shopify_desk(make_desk: MakeDesk, shopify: ShopifyShop) -> Iterator[OrderDesk]:
    api = ShopifyApi(shopify.loopback.url, AccessToken(TOKEN), sleep=lambda _: None)
    made = make_desk(ShopifyOrders(api, TERMS, lambda: NOW, lambda _: None))
    yield made
    made.close()


@pytest.fixture
def woocommerce_desk(make_desk: MakeDesk, woocommerce: WooShop) -> Iterator[OrderDesk]:
    made = make_desk(WooCommerceOrders(woocommerce.loopback.url, KEY, SECRET, sleep=lambda _: None))
    yield made
    made.close()


@pytest.fixture
def desks(desk: OrderDesk, shopify_desk: OrderDesk, woocommerce_desk: OrderDesk) -> list[OrderDesk]:
    return [desk, shopify_desk, woocommerce_desk]


@pytest.fixture
def audit(shop_sessions: sessionmaker[Session]) -> Audit:
    def read() -> list[tuple[str, str, str, str]]:
        with shop_sessions() as session:
            rows = session.scalars(select(OrderAudit).order_by(OrderAudit.id))
            return [(row.order_number, row.act, row.outcome.value, row.reason) for row in rows]

    return read


def _variant(id: str, price: str, stock: int) -> Variant:
    return Variant(id=id, price=Decimal(price), currency="USD", stock=stock)
