"""A catalogue to learn from, its judgments, and which of its products stay out of the training."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import selectinload

from catalog import schema
from catalog.database import connect, sessions
from catalog.importers import import_products
from catalog.models import Product
from recommender.training.judgments import Judgment, read_judgments
from recommender.training.split import Part, part_of, split_queries


@dataclass(frozen=True)
class Corpus:
    products: Sequence[Product]
    """Detached, with their variants loaded."""
    judgments: Sequence[Judgment] = field(default=())

    def products_of(self, part: Part) -> list[Product]:
        """The products whose own part this is. Only those of `TRAIN` may be shown to a model."""
        return [product for product in self.products if self._parts[product.id] is part]

    def judgments_of(self, part: Part) -> list[Judgment]:
        """The judgments of the queries in this part."""
        return [j for j in self.judgments if self._query_parts[j.query] is part]

    @cached_property
    def _query_parts(self) -> dict[str, Part]:
        return dict(split_queries(judgment.query for judgment in self.judgments))

    @cached_property
    def _parts(self) -> dict[str, Part]:
        """With judgments, a product that a held-out query was judged on is held out with it;
        without any, products are held out by their ids."""
        if not self.judgments:
            return {product.id: part_of(product.id) for product in self.products}
        parts = {product.id: Part.TRAIN for product in self.products}
        for part in (Part.DEV, Part.TEST):
            parts.update(dict.fromkeys((j.product_id for j in self.judgments_of(part)), part))
        return parts


def corpus_in(engine: Engine) -> Corpus:
    """The catalogue of a database. It has no judgments."""
    with sessions(engine)() as session:
        statement = select(Product).options(selectinload(Product.variants)).order_by(Product.pk)
        products = session.scalars(statement).all()
        session.expunge_all()
    return Corpus(products)


def corpus_from(products: Path, judgments: Path) -> Corpus:
    """The products of a file, read as `aisle import` reads them, and their judgments.

    Raises:
        FeedError: the product file can't be read.
        JudgmentError: the judgments can't be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{folder}/corpus.db")
        try:
            schema.upgrade(engine)
            import_products(engine, products)
            catalogue = corpus_in(engine)
        finally:
            engine.dispose()
    return Corpus(catalogue.products, read_judgments(judgments))
