"""A catalogue to learn from, its judgments, and which of its products stay out of the training."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import selectinload

from catalog import schema
from catalog.database import connect, sessions
from catalog.importers import import_products
from catalog.models import Product
from recommender.evaluation.judged_queries import read_judged_queries
from recommender.training.data.behaviour import judged_behaviour
from recommender.training.data.click_judgments import FEWEST_IMPRESSIONS
from recommender.training.data.events import read_events
from recommender.training.data.judgments import Judgment, best_of_each, gain_of, read_judgments
from recommender.training.data.split import Part, by_evaluation, by_first, part_of, split_queries


@dataclass(frozen=True)
class Corpus:
    products: Sequence[Product]
    """Detached, with their variants loaded."""
    judgments: Sequence[Judgment] = field(default=())
    part_of_group: Callable[[Sequence[str]], Part] = by_first
    """The part of queries that ask the same."""
    holds_products_out: bool = True
    """Whether a product that a held-out query was judged on is held out with it."""
    has_grades: bool = False
    """Whether the gains come from grades of 1 to 3, and judged lists are graded throughout."""

    def ndcg_gain(self, gain: float) -> float:
        """What a product of this gain, 0 to 1, adds to a list in NDCG: 2^(relevance - 1) - 1 of
        grades, as published; labels have gains of their own."""
        return float(4**gain - 1) if self.has_grades else gain

    def products_of(self, part: Part) -> list[Product]:
        """The products whose own part this is. Only those of `TRAIN` may be shown to a model."""
        if not self.holds_products_out:
            return list(self.products) if part is Part.TRAIN else []
        return [product for product in self.products if self._parts[product.id] is part]

    def judgments_of(self, part: Part) -> list[Judgment]:
        """The judgments of the queries in this part."""
        return [j for j in self.judgments if self._query_parts[j.query] is part]

    @cached_property
    def _query_parts(self) -> dict[str, Part]:
        return dict(split_queries((j.query for j in self.judgments), self.part_of_group))

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
    return Corpus(_imported(products).products, read_judgments(judgments))


def corpus_of_qrels(products: Path, queries: Path, qrels: Path) -> Corpus:
    """The same, from the files of `aisle evaluate search`, whose test part stays held out.

    Queries are held out and products are not: such a catalogue is the shop's own, and known.

    Raises:
        FeedError: the product file can't be read.
        JudgedQueriesError: the queries or qrels can't be read.
    """
    catalogue = _imported(products).products
    ids = _product_of(catalogue)
    judged = read_judged_queries(queries, qrels, ids)
    judgments = [
        Judgment(" ".join(judged.texts[query_id].split()), product_id, gain_of(grade))
        for query_id, grades in judged.grades.items()
        for product_id, grade in grades.items()
    ]
    return Corpus(
        catalogue, best_of_each(judgments), by_evaluation, holds_products_out=False, has_grades=True
    )


def corpus_of_behaviour(
    products: Path,
    log: Path,
    *,
    test_since: datetime | None = None,
    fewest: int = FEWEST_IMPRESSIONS,
) -> Corpus:
    """The same, from what customers did, as `recommender.training.data.behaviour` judges it.

    What the log says of products that the catalogue lacks is left out: they were sold out.

    Raises:
        FeedError: the product file can't be read.
        JudgmentError: the log can't be read.
    """
    catalogue = _imported(products).products
    ids = _product_of(catalogue)
    events = [
        replace(event, product_id=ids[event.product_id])
        for event in read_events(log)
        if event.product_id in ids
    ]
    judged = judged_behaviour(events, test_since=test_since, fewest=fewest)
    return Corpus(
        catalogue, judged.judgments, judged.part_of_group, holds_products_out=False, has_grades=True
    )


def products_of(products: Path) -> Sequence[Product]:
    """The products of a file alone.

    Raises:
        FeedError: it can't be read.
    """
    return _imported(products).products


def _product_of(catalogue: Sequence[Product]) -> dict[str, str]:
    """The product that each id stands for: its own, or a variant's."""
    ids = {variant.id: product.id for product in catalogue for variant in product.variants}
    return ids | {product.id: product.id for product in catalogue}


def _imported(products: Path) -> Corpus:
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{folder}/corpus.db")
        try:
            schema.upgrade(engine)
            import_products(engine, products)
            return corpus_in(engine)
        finally:
            engine.dispose()
