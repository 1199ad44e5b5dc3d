"""The shop's data: products, customers with orders, policy texts, vouchers and notices."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    JSON,
    ColumnElement,
    Enum,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    case,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from catalog.types import Money, SurrogateKey, UtcDateTime


def _now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Product(Base):
    """What a customer would call one product. What is priced, stocked and sold is its `Variant`.

    `pk` is the 64-bit number that vector indexes know it by; it is never reused. `id` is the
    shop's own.
    """

    __tablename__ = "products"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    pk: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    id: Mapped[str] = mapped_column(String(255), unique=True)
    title: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    brand: Mapped[str] = mapped_column(String(255), default="", index=True)
    category: Mapped[str] = mapped_column(String(512), default="", index=True)
    """A path, most general first: `Shoes > Running`."""
    material: Mapped[str] = mapped_column(String(255), default="")
    gender: Mapped[str] = mapped_column(String(32), default="")
    attributes: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Whatever else the shop says of it, as name and value."""
    images: Mapped[list[str]] = mapped_column(JSON, default=list)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now, onupdate=_now)

    variants: Mapped[list["Variant"]] = relationship(
        back_populates="product",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Variant.position",
    )


class Variant(Base):
    """One thing that can be bought: a size and colour of a product, with its price and stock.

    Every product has at least one. A product without options has one, whose id is the product's.
    """

    __tablename__ = "variants"

    id: Mapped[str] = mapped_column(String(255), primary_key=True)
    product_pk: Mapped[int] = mapped_column(
        SurrogateKey, ForeignKey("products.pk", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    color: Mapped[str] = mapped_column(String(255), default="", index=True)
    size: Mapped[str] = mapped_column(String(255), default="", index=True)
    price: Mapped[Decimal | None] = mapped_column(Money, index=True)
    """None where the shop does not say."""
    currency: Mapped[str] = mapped_column(String(3), default="")
    stock: Mapped[int | None]
    """Units on hand; None where the shop does not say, which is not zero."""
    available: Mapped[bool | None]
    """Whether it is in stock, from a shop that says so without counting units."""
    url: Mapped[str] = mapped_column(Text, default="")
    image: Mapped[str] = mapped_column(Text, default="")
    attributes: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """What the shop says of this variant only."""

    product: Mapped[Product] = relationship(back_populates="variants")

    @property
    def all_attributes(self) -> dict[str, str]:
        """Those of the product and its own, which count where both say something."""
        return {**(self.product.attributes or {}), **(self.attributes or {})}

    @hybrid_property
    def in_stock(self) -> bool | None:
        """None where the stock is unknown. Works in SQL too."""
        return self.available if self.stock is None else self.stock > 0

    @in_stock.inplace.expression
    @classmethod
    def _in_stock_in_sql(cls) -> ColumnElement[bool | None]:
        return case((cls.stock.is_(None), cls.available), else_=cls.stock > 0)


class ProductChange(Base):
    """The log that indexes follow. Database triggers write it, in the transaction of the change."""

    __tablename__ = "product_changes"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    seq: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    product_pk: Mapped[int] = mapped_column(SurrogateKey, index=True)
    """Not a foreign key: a deleted product is a change too."""


class Customer(Base):
    __tablename__ = "customers"

    id: Mapped[str] = mapped_column(String(255), primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    """In lower case."""
    name: Mapped[str] = mapped_column(String(255))

    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class OrderStatus(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURN_REQUESTED = "return_requested"
    REFUNDED = "refunded"


class Order(Base):
    __tablename__ = "orders"

    number: Mapped[str] = mapped_column(String(64), primary_key=True)
    """As printed on the customer's confirmation, in upper case."""
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    status: Mapped[OrderStatus] = mapped_column(
        Enum(
            OrderStatus,
            native_enum=False,
            length=32,
            values_callable=lambda statuses: [status.value for status in statuses],
        )
    )
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    currency: Mapped[str] = mapped_column(String(3))
    shipping: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    total: Mapped[Decimal] = mapped_column(Money)
    carrier: Mapped[str] = mapped_column(String(255), default="")
    tracking_number: Mapped[str] = mapped_column(String(255), default="")
    tracking_url: Mapped[str] = mapped_column(Text, default="")
    shipping_address: Mapped[str] = mapped_column(Text, default="")

    customer: Mapped[Customer] = relationship(back_populates="orders")
    lines: Mapped[list["OrderLine"]] = relationship(
        back_populates="order", cascade="all, delete-orphan", order_by="OrderLine.position"
    )


class OrderLine(Base):
    """Title and price as they were when it was bought; the product may be gone since."""

    __tablename__ = "order_lines"

    order_number: Mapped[str] = mapped_column(
        ForeignKey("orders.number", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    variant_id: Mapped[str | None] = mapped_column(
        ForeignKey("variants.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str] = mapped_column(Text)
    quantity: Mapped[int]
    unit_price: Mapped[Decimal] = mapped_column(Money)

    order: Mapped[Order] = relationship(back_populates="lines")


class Policy(Base):
    """One help page of the shop: shipping, returns, warranty, payment, privacy."""

    __tablename__ = "policies"

    slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(255))
    body: Mapped[str] = mapped_column(Text)
    """Markdown."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now, onupdate=_now)


class VoucherKind(StrEnum):
    PERCENT = "percent"
    FIXED = "fixed"


class Voucher(Base):
    """A code that takes something off the price of a cart."""

    __tablename__ = "vouchers"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    """In upper case."""
    kind: Mapped[VoucherKind] = mapped_column(
        Enum(
            VoucherKind,
            native_enum=False,
            length=16,
            values_callable=lambda kinds: [kind.value for kind in kinds],
        )
    )
    value: Mapped[Decimal] = mapped_column(Money)
    """So many percent, or an amount."""
    currency: Mapped[str] = mapped_column(String(3), default="")
    """Of the amounts; empty is the cart's."""
    threshold: Mapped[Decimal | None] = mapped_column(Money)
    """What the products that it counts for must come to, at least."""
    cap: Mapped[Decimal | None] = mapped_column(Money)
    """What it takes off at most."""
    brand: Mapped[str] = mapped_column(String(255), default="")
    """It counts for this brand only; empty is any."""
    valid_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    valid_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The first moment at which it counts no more."""
    public: Mapped[bool] = mapped_column(default=False)
    """Whether customers who ask for vouchers may be told of it."""


class NoticeKind(StrEnum):
    BACK_IN_STOCK = "back_in_stock"
    PRICE_DROP = "price_drop"


class Notice(Base):
    """A customer's request to be written to, once, when a variant is back or costs less."""

    __tablename__ = "notices"
    __table_args__ = (
        Index(
            "uq_notices_open",
            "email",
            "variant_id",
            "kind",
            unique=True,
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(SurrogateKey, primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    """As given, its domain in lower case."""
    variant_id: Mapped[str] = mapped_column(String(255), index=True)
    """Not a foreign key: a product that leaves the shop's feed may come back."""
    kind: Mapped[NoticeKind] = mapped_column(
        Enum(
            NoticeKind,
            native_enum=False,
            length=16,
            values_callable=lambda kinds: [kind.value for kind in kinds],
        )
    )
    price: Mapped[Decimal | None] = mapped_column(Money)
    """When it was asked for: what a drop is measured from."""
    below: Mapped[Decimal | None] = mapped_column(Money)
    """A price that the customer named: nothing above it is worth a notice."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_now)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
