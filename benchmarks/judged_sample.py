"""A part of a judged data set as files of its own, to train and to measure on in a minute."""

import random
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.evaluation.judged_queries import FEWEST_JUDGED, QueryPart, read_table

PRODUCTS = ("id", "title")
QUERIES = ("query_id", "query")
QRELS = ("query_id", "product_id", "relevance")


@dataclass(frozen=True, slots=True)
class JudgedSample:
    """Some of the queries with five judged products or more, and all of their products."""

    folder: Path
    held_out: Sequence[str]
    """Queries of the test part."""

    @property
    def products(self) -> Path:
        return self.folder / "products.tsv"

    @property
    def queries(self) -> Path:
        return self.folder / "queries.tsv"

    @property
    def qrels(self) -> Path:
        return self.folder / "qrels.tsv"

    @property
    def shuffled_qrels(self) -> Path:
        """The labels to learn from, shuffled among the products of each query; of the held-out
        queries there are none."""
        return self.folder / "shuffled-qrels.tsv"


def add_options(parser: ArgumentParser) -> None:
    """What `sample` is told on a command line."""
    data = Path("../shared/data/homedepot")
    parser.add_argument("--data", type=Path, default=data, help="products, queries, qrels as .tsv")
    parser.add_argument("--queries", type=int, default=400, help="to train on")
    parser.add_argument("--held-out", type=int, default=400, help="queries to measure on")
    parser.add_argument("--seed", type=int, default=0)


def sample(options: Namespace, folder: Path) -> JudgedSample:
    """Writes so many queries to learn from, and so many held-out ones.

    Args:
        options: those of `add_options`.
        folder: to write to; it exists.

    Raises:
        JudgedQueriesError: a file cannot be read.
        ValueError: there are not so many queries.
    """
    data = options.data
    texts = {row["query_id"]: row["query"] for _, row in read_table(data / "queries.tsv", QUERIES)}
    judged: dict[str, dict[str, str]] = defaultdict(dict)
    for _, row in read_table(data / "qrels.tsv", QRELS):
        judged[row["query_id"]][row["product_id"]] = row["relevance"]
    rng = random.Random(options.seed)  # noqa: S311 (a sample, not a secret)
    lists = sorted(id for id, labels in judged.items() if len(labels) >= FEWEST_JUDGED)
    to_learn, to_ask = (
        rng.sample([id for id in lists if part.holds(texts[id])], count)
        for part, count in ((QueryPart.DEV, options.queries), (QueryPart.TEST, options.held_out))
    )
    kept = {id: judged[id] for id in (*to_learn, *to_ask)}
    wanted = {product for labels in kept.values() for product in labels}
    titles = [row for _, row in read_table(data / "products.tsv", PRODUCTS) if row["id"] in wanted]
    written = JudgedSample(folder, [texts[id] for id in to_ask])
    write_table(written.products, PRODUCTS, [(row["id"], row["title"]) for row in titles])
    write_table(written.queries, QUERIES, [(id, texts[id]) for id in kept])
    write_table(written.qrels, QRELS, _rows(kept))
    write_table(
        written.shuffled_qrels, QRELS, _rows({id: _shuffled(kept[id], rng) for id in to_learn})
    )
    return written


def write_table(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Writes what `read_table` reads: quotes are characters like any other."""
    path.write_text("".join("\t".join(row) + "\n" for row in (columns, *rows)), encoding="utf-8")


def _shuffled(labels: Mapping[str, str], rng: random.Random) -> dict[str, str]:
    return dict(zip(labels, rng.sample(list(labels.values()), len(labels)), strict=True))


def _rows(judged: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, str]]:
    return [
        (id, product, label) for id, labels in judged.items() for product, label in labels.items()
    ]
