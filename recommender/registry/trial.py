"""A reranker on the held-out queries of a shop's own judgments, for the gate."""

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from catalog.models import Product
from recommender.embedding import OnnxEncoder
from recommender.errors import ModelError
from recommender.evaluation.collection import (
    Collection,
    judged_collection,
    judged_lists_collection,
)
from recommender.evaluation.comparison import run_of, score
from recommender.evaluation.measures import NDCG, PerQuery, measure
from recommender.export import export_encoder, export_reranker
from recommender.registry.gate import Measured, Verdict, judge
from recommender.reranking import OnnxReranker
from recommender.training.data.corpus import Corpus
from recommender.training.data.dataset import Encode
from recommender.training.data.noise import mistyped
from recommender.training.data.split import Part

_FEWEST_QUERIES = 30
_NOISE = 0.5
"""Of a noisy query's longer words, so many are mistyped."""
_TIMED = 30
"""Queries that speed is measured on, the two models in turn."""


def try_reranker(
    corpus: Corpus, before: Path, after: Path, *, retriever: Path | None = None
) -> Verdict:
    """Judges the reranker in the folder `after` against that in `before`, over what the corpus
    holds out, as both are served.

    Args:
        retriever: folder of the trained retriever in service; None is MiniLM.

    Raises:
        ModelError: a model cannot be read, or too few queries are held out to tell.
    """
    collection = _held_out(corpus)
    if len(collection.queries) < _FEWEST_QUERIES:
        raise ModelError(
            f"Only {len(collection.queries)} judged queries are held out, and {_FEWEST_QUERIES} "
            "are needed to tell a better model from a lucky one. Judge more queries."
        )
    noisy = replace(collection, queries=_mistyped(collection.queries))
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        export_encoder(scratch / "encoder", retriever)
        encode = OnnxEncoder(scratch / "encoder").encode
        served = {}
        for name, trained in (("before", before), ("after", after)):
            export_reranker(trained, scratch / name)
            served[name] = OnnxReranker(scratch / name)
        times = _times(collection, served)
        measured = {
            name: Measured(
                name,
                _ndcg(collection, encode, reranker),
                _ndcg(noisy, encode, reranker),
                times[name],
                (scratch / name / "model.onnx").stat().st_size / 1e6,
            )
            for name, reranker in served.items()
        }
    slices = {**by_length(collection.queries), **by_category(collection, corpus.products)}
    return judge(NDCG, measured["before"], measured["after"], slices)


def by_length(queries: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Query ids by how many words the query has."""
    parts: dict[str, set[str]] = defaultdict(set)
    for id, text in queries.items():
        words = len(text.split())
        name = "1 or 2 words" if words < 3 else "3 or 4 words" if words < 5 else "5 words or more"
        parts[name].add(id)
    return {name: frozenset(ids) for name, ids in parts.items()}


def by_category(collection: Collection, products: Iterable[Product]) -> dict[str, frozenset[str]]:
    """Query ids by the department of the best of their products; none without categories."""
    department = {product.id: product.category.partition(" > ")[0] for product in products}
    parts: dict[str, set[str]] = defaultdict(set)
    for id, judged in collection.gains.items():
        best = max(judged, key=lambda product: judged[product])
        if name := department.get(best, ""):
            parts[name].add(id)
    return {name: frozenset(ids) for name, ids in parts.items()}


def _held_out(corpus: Corpus) -> Collection:
    if corpus.has_grades:
        return judged_lists_collection("held out", corpus, Part.TEST)
    return judged_collection("held out", corpus, Part.TEST)


def _mistyped(queries: Mapping[str, str]) -> dict[str, str]:
    rng = random.Random(0)  # noqa: S311 (a sample, not a secret)
    return {id: " ".join(mistyped(text.split(), rng, _NOISE)) for id, text in queries.items()}


def _ndcg(collection: Collection, encode: Encode, reranker: OnnxReranker) -> PerQuery:
    scored = score(collection, encode, reranker)
    run = run_of(scored, reranker.blend)
    return measure(run, collection.gains, relevant_from=collection.relevant_from)[NDCG]


def _times(collection: Collection, served: Mapping[str, OnnxReranker]) -> dict[str, float]:
    """Milliseconds of a query's thirty products, the least of three, summed over some queries."""
    texts = list(collection.reranking_texts.values())[:30]
    queries = list(collection.queries.values())[:_TIMED]
    total = dict.fromkeys(served, 0.0)
    for query in queries:
        for name, reranker in served.items():
            total[name] += min(_took(reranker, query, texts) for _ in range(3))
    return {name: 1000 * seconds / len(queries) for name, seconds in total.items()}


def _took(reranker: OnnxReranker, query: str, texts: list[str]) -> float:
    start = perf_counter()
    reranker.scores(query, texts)
    return perf_counter() - start
