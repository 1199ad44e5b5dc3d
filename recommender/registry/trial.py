"""A reranker on the held-out queries of a shop's own judgments, for the gate."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from recommender.errors import ModelError
from recommender.evaluation.collection import (
    Collection,
    judged_collection,
    judged_lists_collection,
)
from recommender.evaluation.comparison import run_of, score
from recommender.evaluation.measures import NDCG, PerQuery, measure
from recommender.registry.audit import Audit, audit
from recommender.registry.gate import Measured, Verdict, judge
from recommender.registry.slices import by_category, by_length, mistyped_queries
from recommender.reranking.reranker import OnnxReranker
from recommender.serving.export import export_reranker
from recommender.serving.models import open_retriever
from recommender.training.data.corpus import Corpus
from recommender.training.data.dataset import Encode
from recommender.training.data.split import Part
from recommender.weights.shipped import SHIPPED_RETRIEVER

_FEWEST_QUERIES = 30
_TIMED = 30
"""Queries that speed is measured on, the two models in turn."""


def try_reranker(
    corpus: Corpus,
    before: Path,
    after: Path,
    *,
    retriever: Path = SHIPPED_RETRIEVER,
    device: str = "cpu",
) -> Verdict:
    """Judges the reranker in the folder `after` against that in `before`, over what the corpus
    holds out, as both are served.

    Args:
        retriever: the retriever in service, by folder or hub name.

    Raises:
        ModelError: a model cannot be read, or too few queries are held out to tell.
    """
    collection = held_out(corpus)
    require_enough(len(collection.queries))
    noisy = replace(collection, queries=mistyped_queries(collection.queries))
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        encode = open_retriever(retriever, scratch / "encoder", device).encode
        served = {}
        for name, trained in (("before", before), ("after", after)):
            export_reranker(trained, scratch / name)
            served[name] = OnnxReranker(scratch / name)
        times = _times(collection, served)
        measured = {
            name: Measured(
                name,
                {NDCG: _ndcg(collection, encode, reranker)},
                {NDCG: _ndcg(noisy, encode, reranker)},
                times[name],
                (scratch / name / "model.onnx").stat().st_size / 1e6,
            )
            for name, reranker in served.items()
        }
    slices = {**by_length(collection.queries), **by_category(collection.gains, corpus.products)}
    return judge(measured["before"], measured["after"], slices)


def require_enough(queries: int) -> None:
    """Refuses to judge on few queries.

    Raises:
        ModelError: too few queries are held out to tell.
    """
    if queries < _FEWEST_QUERIES:
        raise ModelError(
            f"Only {queries} judged queries are held out, and {_FEWEST_QUERIES} are needed to tell "
            "a better model from a lucky one. Judge more queries."
        )


def audit_reranker(
    corpus: Corpus, trained: Path, *, retriever: Path = SHIPPED_RETRIEVER, device: str = "cpu"
) -> Audit:
    """Audits the reranker in a folder over what the corpus holds out, as it is served.

    Raises:
        ModelError: it cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        export_reranker(trained, scratch / "served")
        return audit(
            held_out(corpus),
            corpus.products,
            open_retriever(retriever, scratch / "encoder", device).encode,
            OnnxReranker(scratch / "served"),
        )


def held_out(corpus: Corpus) -> Collection:
    """What a corpus holds out: judged lists where it has grades, else over the catalogue."""
    if corpus.has_grades:
        return judged_lists_collection("held out", corpus, Part.TEST)
    return judged_collection("held out", corpus, Part.TEST)


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
