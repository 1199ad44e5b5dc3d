"""A shop's database, as the importers' tests look at it."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, selectinload

from catalog.database import sessions
from catalog.importers import ImportReport, import_products
from catalog.models import Product, ProductChange

WriteFeed = Callable[..., Path]
"""Writes lines to a file and returns its path; takes `name` and `encoding`."""


class Shop:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def load(self, path: Path, format: str = "auto", *, replace: bool = False) -> ImportReport:
        report = import_products(self.engine, path, format, replace)
        assert report.read == report.added + report.changed + report.unchanged + report.rejected
        return report

    def products(self) -> dict[str, Product]:
        with sessions(self.engine)() as session:
            rows = session.scalars(select(Product).options(selectinload(Product.variants)))
            return {product.id: product for product in rows}

    def variant_ids(self) -> dict[str, list[str]]:
        """Each product's variants."""
        return {
            id: [variant.id for variant in product.variants]
            for id, product in self.products().items()
        }

    def changes(self) -> int:
        """How long the log of changes is."""
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).select_from(ProductChange)) or 0
