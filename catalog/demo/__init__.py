"""A shop to try Aisle with: invented brands, drawn pictures, customers with orders, policies.

Everything is written for this project and stands beside this file, in formats a shop keeper can
edit: see README.md here.
"""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from catalog.database import hold_write_lock, sessions
from catalog.demo import illustrations, source
from catalog.models import Customer, Order, OrderRequest, Policy, Product, Voucher
from catalog.policies import load_policies
from catalog.vouchers import load_vouchers

PICTURES = Path(__file__).parent / "pictures"
"""Where `load` draws the products' pictures, to be served at `/pictures/`."""


def load(engine: Engine, *, pictures: Path = PICTURES, now: datetime | None = None) -> None:
    """Fills the database with the demo shop and draws its pictures.

    Only what is missing is added, so a second load changes nothing, and neither the shop's own
    products nor stock and prices edited since are touched. A shop with help pages or vouchers
    keeps its own. The orders' dates count back from `now`, so that the shop looks alive when it
    is first loaded.
    """
    now = now or datetime.now(UTC)
    products = source.products()
    draw_pictures(pictures)
    with sessions(engine).begin() as session:
        hold_write_lock(session.connection())
        known_products = set(session.scalars(select(Product.id)))
        session.add_all(product for product in products if product.id not in known_products)
        if session.scalar(select(Policy.slug).limit(1)) is None:
            load_policies(session, source.POLICIES)
        known_emails = set(session.scalars(select(Customer.email)))
        session.add_all(
            customer for customer in source.customers() if customer.email not in known_emails
        )
        session.flush()
        _load_orders(session, products, now)
        if session.scalar(select(Voucher.code).limit(1)) is None:
            load_vouchers(session, source.VOUCHERS, now, currency=source.CURRENCY)


def put_back_orders(engine: Engine) -> None:
    """The demo's orders as they were when it was loaded, whatever customers did to them since."""
    products, now = source.products(), datetime.now(UTC)
    numbers = source.order_numbers()
    with sessions(engine).begin() as session:
        hold_write_lock(session.connection())
        session.execute(delete(OrderRequest).where(OrderRequest.order_number.in_(numbers)))
        session.execute(delete(Order).where(Order.number.in_(numbers)))
        _load_orders(session, products, now)


def draw_pictures(folder: Path = PICTURES) -> None:
    """Draws the pictures that the demo's products point to, for a database loaded elsewhere."""
    illustrations.draw(source.pictures(), folder)


def _load_orders(session: Session, products: list[Product], now: datetime) -> None:
    known = set(session.scalars(select(Order.number)))
    orders = [order for order in source.orders(products, now) if order.number not in known]
    session.add_all(orders)
    session.flush()
    added = {order.number for order in orders}
    session.add_all(each for each in source.returns(now) if each.order_number in added)
    session.add_all(source.refunds(orders, now))
