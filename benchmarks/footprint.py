"""What a product takes, in bytes and seconds: of the database, the words, the vectors.

    .venv/bin/python -m benchmarks.footprint --products ../shared/data/esci/products.tsv

Imports the file into a new shop, and indexes it twice: as `aisle index` does, and as `aisle index
--ray --rebuild` does, on this machine with one actor; what that takes includes the start of Ray.
Memory is what a process needs at its height when it compares an index with the database, as each
does once, at its start; it is measured over 100,000 products, whose vectors mean nothing.
"""

import argparse
import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np
from sqlalchemy import insert, text

from catalog.database import connect, sessions
from catalog.models import Product
from catalog.schema import upgrade
from recommender.evaluation.catalogue import catalogue_of
from recommender.index.engines import IndexConfig, open_index
from recommender.index.port import Vectors
from recommender.indexing.indexer import Indexer
from recommender.indexing.ray_embedding import RayEmbedder
from recommender.retrieval.analysis import Analyzer
from recommender.retrieval.lexical import LexicalIndex
from recommender.search import SearchEngine

_COMPARED = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--products", type=Path, default=Path("../shared/data/esci/products.tsv"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        with catalogue_of(options.products, folder) as catalogue:
            imported = time.perf_counter() - started
            count = len(catalogue.product_ids)
            search = SearchEngine.open(catalogue.engine, folder, device="cpu")
            seconds = {"import": imported}
            started = time.perf_counter()
            search.refresh()
            seconds["index, in this process"] = time.perf_counter() - started
            with catalogue.engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            files = {
                "database": _bytes(folder, "catalogue.db*"),
                "words": _bytes(folder / "index", "lexical*/**/*"),
                "vectors": _bytes(folder / "index" / "faiss", "**/*"),
            }
            started = time.perf_counter()
            embedder = RayEmbedder(f"sqlite:///{folder / 'catalogue.db'}", folder, device="cpu")
            search.refresh(rebuild=True, embedder=embedder)
            seconds["index, with Ray"] = time.perf_counter() - started
            search.close()
    print(f"{count:,} products of {options.products.parent.name}/{options.products.name}")
    for what, size in files.items():
        print(f"{what:24} {size / count:>8,.0f} bytes a product on disk")
    print(f"{'comparison':24} {_comparison() / _COMPARED:>8,.0f} bytes a product of memory")
    for what, taken in seconds.items():
        print(f"{what:24} {count / taken:>8,.0f} products a second")


def _comparison() -> int:
    """Bytes of memory, at its height."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = connect(f"sqlite:///{folder / 'catalogue.db'}")
        upgrade(engine)
        with sessions(engine).begin() as session:
            session.execute(
                insert(Product),
                [{"id": str(number), "title": f"Product {number}"} for number in range(_COMPARED)],
            )
        for measured in (False, True):
            encoder = _Meaningless()
            indexer = Indexer(
                engine,
                encoder,
                open_index(IndexConfig(), folder, encoder.dimension, encoder.fingerprint),
                LexicalIndex(folder, Analyzer("english")),
                folder / "indexing.lock",
            )
            if measured:
                tracemalloc.start()
            indexer.catch_up()
            indexer.close()
        engine.dispose()
        return tracemalloc.get_traced_memory()[1]


class _Meaningless:
    """An encoder that costs nothing, and means nothing."""

    dimension = 384
    fingerprint = "meaningless"
    words: frozenset[str] = frozenset()

    def encode(self, texts: list[str]) -> Vectors:
        return np.full((len(texts), self.dimension), self.dimension**-0.5, dtype=np.float32)


def _bytes(folder: Path, pattern: str) -> int:
    return sum(file.stat().st_size for file in folder.glob(pattern) if file.is_file())


if __name__ == "__main__":
    main()
