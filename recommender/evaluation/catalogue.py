"""A products file as a shop of its own: imported, indexed and searched as any shop's is."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select

from catalog import schema
from catalog.database import connect, sessions
from catalog.importers import ImportReport, import_products
from catalog.models import Product, Variant
from recommender.evaluation.judged_queries import JudgedQueriesError


@dataclass(frozen=True, slots=True)
class EvaluatedCatalogue:
    engine: Engine
    imported: ImportReport
    product_ids: Mapping[int, str]
    """By pk."""
    product_of: Mapping[str, str]
    """The product that each id stands for: its own, and those of its variants."""
    titles: Mapping[str, str]
    """By product id."""


@contextmanager
def catalogue_of(
    products: Path,
    folder: Path,
    on_progress: Callable[[int, int, int], None] | None = None,
) -> Iterator[EvaluatedCatalogue]:
    """Imports a products file into a new database in `folder`.

    Raises:
        FeedError: the file cannot be read.
        JudgedQueriesError: not one of its rows can be imported.
    """
    engine = connect(f"sqlite:///{folder / 'catalogue.db'}")
    try:
        schema.upgrade(engine)
        imported = import_products(engine, products, on_progress=on_progress)
        with sessions(engine)() as session:
            rows = session.execute(select(Product.pk, Product.id, Product.title)).all()
            variants = session.execute(select(Variant.id, Variant.product_pk)).all()
        if not rows:
            first = imported.rejections[0] if imported.rejections else None
            reason = f" Line {first.line}: {first.reason}." if first else ""
            raise JudgedQueriesError(f"{products} has no product that can be imported.{reason}")
        product_ids = {pk: id for pk, id, _ in rows}
        yield EvaluatedCatalogue(
            engine=engine,
            imported=imported,
            product_ids=product_ids,
            product_of={id: product_ids[pk] for id, pk in variants}
            | {id: id for id in product_ids.values()},
            titles={id: title for _, id, title in rows},
        )
    finally:
        engine.dispose()
