"""Products, their variants, and the log of their changes."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, ColumnElement, ForeignKey, String, Text, case
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.models.base import Base, now
from catalog.types import Money, SurrogateKey, UtcDateTime


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
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)

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
