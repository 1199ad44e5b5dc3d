"""Test collections: products, queries, and how well each product answers each query."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.models import Product
from recommender.evaluation.judged_queries import (
    FEWEST_JUDGED,
    RELEVANT_FROM,
    JudgedQueries,
    QueryPart,
    gain,
    read_judged_queries,
    read_table,
)
from recommender.product_text import embedding_text, reranking_text
from recommender.training.data.corpus import Corpus
from recommender.training.data.judgments import relevance_of
from recommender.training.data.split import Part
from recommender.training.data.synthetic import queries_from


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


def judged_lists_collection(name: str, corpus: Corpus, part: Part) -> Collection:
    """The judged products alone of each query of one part that has five or more."""
    known = {product.id: product for product in corpus.products}
    judged: dict[str, dict[str, float]] = defaultdict(dict)
    for judgment in corpus.judgments_of(part):
        if judgment.product_id in known:
            judged[judgment.query][judgment.product_id] = corpus.ndcg_gain(judgment.gain)
    gains = {query: many for query, many in judged.items() if len(many) >= FEWEST_JUDGED}
    products = [known[id] for id in dict.fromkeys(id for many in gains.values() for id in many)]
    return replace(
        _over(name, products, {query: query for query in gains}, gains), judged_only=True
    )


def judged_queries(corpus: Corpus, part: Part) -> JudgedQueries:
    """The queries of one part with the relevance of their products, each query its own id."""
    ids = {product.id for product in corpus.products}
    grades: dict[str, dict[str, float]] = defaultdict(dict)
    for judgment in corpus.judgments_of(part):
        if judgment.product_id in ids:
            grades[judgment.query][judgment.product_id] = relevance_of(judgment.gain)
    return JudgedQueries({query: query for query in grades}, grades)


def home_depot_collection(folder: Path) -> Collection:
    """The judged lists of a held-out fifth of the Home Depot queries. For measurement only.

    Lists with fewer than five judged products are left out.
    """
    titles = {
        row["id"]: row["title"] for _, row in read_table(folder / "products.tsv", ("id", "title"))
    }
    judged_queries = read_judged_queries(
        folder / "queries.tsv", folder / "qrels.tsv", {id: id for id in titles}
    )
    judged_queries = judged_queries.of(QueryPart.TEST).with_judged(FEWEST_JUDGED)
    gains = judged_queries.gains()
    judged = {product_id: titles[product_id] for many in gains.values() for product_id in many}
    return Collection(
        name="Home Depot judged lists",
        embedding_texts=judged,
        reranking_texts=judged,
        queries=judged_queries.texts,
        gains=gains,
        relevant_from=gain(RELEVANT_FROM),
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
