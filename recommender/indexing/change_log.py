"""The database's log of what happened to products, as triggers write it."""

from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from catalog.database import sessions
from catalog.models import Product, ProductChange


@dataclass(frozen=True, slots=True)
class Change:
    pk: int
    """Of a product that was added, changed or deleted."""
    seq: int
    """Its last entry in the log; 0 where there need be none."""


@dataclass(frozen=True, slots=True)
class Products:
    pks: list[int]
    """Every product there is, in order."""
    head: int
    """The last entry of the log as of a moment before: later changes have later entries."""


class ChangeLog:
    """Follows the triggers' log. A few microseconds on either database where nothing happened."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessions(engine)

    def head(self) -> int:
        """The number of the last entry; 0 if there is none."""
        with self._sessions() as session:
            return session.scalar(select(func.max(ProductChange.seq))) or 0

    def since(self, seq: int) -> list[Change]:
        """The products that changed after this entry, in the order of their last entries."""
        last = func.max(ProductChange.seq)
        query = (
            select(ProductChange.product_pk, last)
            .where(ProductChange.seq > seq)
            .group_by(ProductChange.product_pk)
            .order_by(last)
        )
        with self._sessions() as session:
            return [Change(pk, seq) for pk, seq in session.execute(query)]

    def products(self) -> Products:
        head = self.head()
        with self._sessions() as session:
            return Products(list(session.scalars(select(Product.pk).order_by(Product.pk))), head)
