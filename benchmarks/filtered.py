"""Filtered search: ours, FAISS's graph with a selector, and a flat scan of all.

    .venv/bin/python -m benchmarks.filtered [--vectors FILE.npy --queries FILE.npy]

50,000 vectors `[n, 384]`, of which 50 %, 5 %, 0.5 % or 0.05 % pass; the 50 nearest of those are
wanted. What passes lies either anywhere, as products under a price do, or together, as those of a
brand do. Prints recall@50 and the median time, in one run: every query goes through each method
before the next. Times are of one thread, and hold what it takes to get from a list of ids to a
selector or to places in memory. Without files, the vectors are synthetic, see vectors.py.

The flat scan of all applies no filter, and so finds something else: it only shows what looking at
everything costs.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.vectors import SyntheticCatalogue, Vectors
from recommender.index.faiss_index import FaissIndex
from recommender.index.port import Ids

_PRODUCTS = 50_000
_SHARES = (0.5, 0.05, 0.005, 0.0005)
_K = 50
_LINKS = 32
_EF_CONSTRUCTION = 80
_EF_SEARCH = 256

Search = Callable[[Vectors, Ids], NDArray[np.int64]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--vectors", type=Path, help="of products, as a .npy file")
    parser.add_argument("--queries", type=Path, help="of queries, as a .npy file")
    parser.add_argument("--count", type=int, default=200, help="so many queries")
    options = parser.parse_args()
    if bool(options.vectors) != bool(options.queries):
        parser.error("--vectors and --queries go together")
    if options.vectors:
        vectors = np.load(options.vectors)[:_PRODUCTS]
        queries = np.load(options.queries)[: options.count]
    else:
        catalogue = SyntheticCatalogue(_PRODUCTS)
        vectors, queries = catalogue.vectors, catalogue.queries(options.count)
    vectors, queries = np.ascontiguousarray(vectors), np.ascontiguousarray(queries)
    with tempfile.TemporaryDirectory() as folder:
        index = FaissIndex(Path(folder), vectors.shape[1], "benchmark")
        numbers = np.arange(len(vectors))
        index.put(numbers, vectors, numbers)
        index.commit(1)
        methods = _methods(vectors, index)
        print(
            "| pass | lie | ours: recall@50 | ms | FAISS HNSW: recall@50 | ms | flat: ms | ours |"
        )
        print("|--:|---|--:|--:|--:|--:|--:|--:|")
        for share in _SHARES:
            for together in (False, True):
                _measure(share, together, vectors, queries, methods)
        index.close()


def _methods(vectors: Vectors, index: FaissIndex) -> dict[str, Search]:
    dimension = vectors.shape[1]
    flat = faiss.IndexFlatIP(dimension)
    flat.add(vectors)
    graph = faiss.IndexHNSWFlat(dimension, _LINKS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction = _EF_CONSTRUCTION
    graph.add(vectors)

    def ours(query: Vectors, passing: Ids) -> NDArray[np.int64]:
        return np.array([hit.id for hit in index.search(query, _K, passing)])

    def by_graph(query: Vectors, passing: Ids) -> NDArray[np.int64]:
        parameters = faiss.SearchParametersHNSW(
            sel=faiss.IDSelectorBatch(passing), efSearch=_EF_SEARCH
        )
        found: NDArray[np.int64] = graph.search(query[None], _K, params=parameters)[1][0]
        return found

    def scan(query: Vectors, passing: Ids) -> NDArray[np.int64]:
        found: NDArray[np.int64] = flat.search(query[None], _K)[1][0]
        return found

    return {"ours": ours, "graph": by_graph, "flat": scan}


def _measure(
    share: float,
    together: bool,
    vectors: Vectors,
    queries: Vectors,
    methods: dict[str, Search],
) -> None:
    random = np.random.default_rng(0)
    passing_count = max(1, round(len(vectors) * share))
    if together:  # around a product
        scores = vectors @ vectors[random.integers(len(vectors))]
        passing = np.sort(np.argpartition(scores, -passing_count)[-passing_count:])
    else:
        passing = np.sort(random.choice(len(vectors), passing_count, replace=False))
    taken: dict[str, list[float]] = {name: [] for name in methods}
    recalls: dict[str, list[float]] = {name: [] for name in methods}
    faiss.omp_set_num_threads(1)
    for query in queries:
        scores = vectors[passing] @ query
        wanted = min(_K, len(passing))
        truth = passing[np.argpartition(scores, -wanted)[-wanted:]]
        for name, search in methods.items():
            started = time.perf_counter()
            found = search(query, passing)
            taken[name].append((time.perf_counter() - started) * 1000)
            recalls[name].append(len(np.intersect1d(found, truth)) / wanted)
    medians = {name: float(np.median(times)) for name, times in taken.items()}
    cells = [f"{np.mean(recalls[name]):.3f} | {medians[name]:.2f}" for name in ("ours", "graph")]
    lie = "together" if together else "anywhere"
    print(
        f"| {share:.2%} | {lie} | {' | '.join(cells)} | {medians['flat']:.2f} "
        f"| {medians['flat'] / medians['ours']:.1f}× as fast |",
        flush=True,
    )


if __name__ == "__main__":
    main()
