"""Test collections: products, queries, and how well each product answers each query."""

import csv
import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.models import Product
from recommender.product_text import embedding_text, reranking_text
from recommender.training.corpus import Corpus
from recommender.training.split import Part
from recommender.training.synthetic import queries_from

_FEWEST_JUDGED = 5
"""A shorter judged list has little to order."""
_HOME_DEPOT_RELEVANT = 2.33
"""Of its grades from 1 to 3."""
_HELD_OUT_ONE_IN = 5


@dataclass(frozen=True, slots=True)
class Collection:
    name: str
    embedding_texts: Mapping[str, str]
    """By product id, as the embedding model reads them."""
    reranking_texts: Mapping[str, str]
    """By product id, as the reranker reads them."""
    queries: Mapping[str, str]
    """By query id."""
    gains: Mapping[str, Mapping[str, float]]
    """For each query id, the gain of each judged product."""
    relevant_from: float
    """The gain from which a product counts as relevant in a reciprocal rank."""
    judged_only: bool = False
    """Whether only a query's judged products are put in order, or the whole catalogue."""


def judged_collection(name: str, corpus: Corpus, part: Part) -> Collection:
    """The judged queries of one part that have an exactly matching product, over all products."""
    ids = {product.id for product in corpus.products}
    gains: dict[str, dict[str, float]] = defaultdict(dict)
    for judgment in corpus.judgments_of(part):
        if judgment.product_id in ids:
            gains[judgment.query][judgment.product_id] = judgment.gain
    gains = {query: judged for query, judged in gains.items() if max(judged.values()) == 1.0}
    return _over(name, corpus.products, {query: query for query in gains}, gains)


def synthetic_collection(
    name: str, corpus: Corpus, part: Part, *, per_product: int = 4, seed: int = 1
) -> Collection:
    """Queries written from the products of one part, over all products.

    Relevant is what answers such a query by its own words and fields: always the product that
    the query was written from, and often others.
    """
    rng = random.Random(seed)  # noqa: S311 (a sample, not a secret)
    queries: dict[str, str] = {}
    gains: dict[str, dict[str, float]] = {}
    for product in corpus.products_of(part):
        for number, query in enumerate(queries_from(product, per_product, rng)):
            key = f"{product.id}/{number}"
            queries[key] = query.text
            gains[key] = {other.id: 1.0 for other in corpus.products if query.is_answered_by(other)}
    return _over(name, corpus.products, queries, gains)


def home_depot_collection(folder: Path) -> Collection:
    """The judged lists of a held-out fifth of the Home Depot queries. For measurement only.

    Lists with fewer than five judged products are left out. The gain of a grade from 1 to 3 is
    2^(grade - 1) - 1.
    """
    titles = {row["id"]: row["title"] for row in _rows(folder / "products.tsv")}
    gains: dict[str, dict[str, float]] = defaultdict(dict)
    for row in _rows(folder / "qrels.tsv"):
        gain = 2 ** (float(row["relevance"]) - 1) - 1
        gains[row["query_id"]][row["product_id"]] = gain
    queries = {
        row["query_id"]: row["query"]
        for row in _rows(folder / "queries.tsv")
        if len(gains[row["query_id"]]) >= _FEWEST_JUDGED and _is_held_out(row["query"])
    }
    gains = {query_id: gains[query_id] for query_id in queries}
    judged = {product_id: titles[product_id] for many in gains.values() for product_id in many}
    return Collection(
        name="Home Depot judged lists",
        embedding_texts=judged,
        reranking_texts=judged,
        queries=queries,
        gains=gains,
        relevant_from=2 ** (_HOME_DEPOT_RELEVANT - 1) - 1,
        judged_only=True,
    )


def _over(
    name: str,
    products: Sequence[Product],
    queries: Mapping[str, str],
    gains: Mapping[str, Mapping[str, float]],
) -> Collection:
    return Collection(
        name=name,
        embedding_texts={product.id: embedding_text(product) for product in products},
        reranking_texts={product.id: reranking_text(product) for product in products},
        queries=queries,
        gains=gains,
        relevant_from=1.0,
    )


def _is_held_out(query: str) -> bool:
    digest = hashlib.sha256(query.encode()).digest()
    return int.from_bytes(digest[:8]) % _HELD_OUT_ONE_IN == 0


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
