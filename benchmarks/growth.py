"""What an index costs as a catalogue grows, by the structure that answers.

    .venv/bin/python -m benchmarks.growth --plot docs/images/growth.svg

For each number of products: how long it takes to store the vectors, and to build each structure
beside them; bytes a product; how long a search for the 50 nearest takes, without a filter and with
one that 0.5 % pass, and what share of the true 50 it finds; and how long it takes to change one
product and to see the change in another process's index. Vectors are synthetic, see vectors.py;
with --vectors and --queries, `[n, 384]` in .npy files, they are those. One thread searches.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.vectors import DIMENSION, SyntheticCatalogue, Vectors
from recommender.index.faiss_index import FaissIndex
from recommender.index.rule import Rule, Structure

_SIZES = (1_000, 10_000, 50_000, 100_000, 300_000, 1_000_000)
_NEVER = sys.maxsize
_RULES = {
    Structure.FLAT: Rule(hnsw_from=_NEVER),
    Structure.HNSW: Rule(hnsw_from=1, ivf_pq_from=_NEVER),
    Structure.IVF_PQ: Rule(hnsw_from=1, ivf_pq_from=1),
}
_PAGE = 16_384
_K = 50
_QUERIES = 200
_UPDATES = 50
_PASSING = 0.005


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES)
    parser.add_argument(
        "--structures", type=Structure, nargs="+", default=list(_RULES), choices=list(_RULES)
    )
    parser.add_argument("--vectors", type=Path, help="of products, in place of synthetic ones")
    parser.add_argument("--queries", type=Path, help="of queries, which go with them")
    parser.add_argument("--json", type=Path, help="keep what was measured in this file, and go on")
    parser.add_argument("--plot", type=Path, help="draw what was measured, into this file")
    options = parser.parse_args()
    if bool(options.vectors) != bool(options.queries):
        parser.error("--vectors and --queries go together")
    rows: list[dict[str, Any]] = []
    if options.json and options.json.exists():
        rows = json.loads(options.json.read_text())
    real = None
    if options.vectors:
        real = np.load(options.vectors), np.load(options.queries)[:_QUERIES]
        options.sizes = [len(real[0])]
    for size in options.sizes:
        wanted = [
            structure
            for structure in options.structures
            if not any(row["products"] == size and row["structure"] == structure for row in rows)
        ]
        for row in _measure(*(real or _synthetic(size)), wanted) if wanted else ():
            rows.append(row)
            print(json.dumps(row), file=sys.stderr, flush=True)
            if options.json:
                options.json.write_text(json.dumps(rows, indent=1))
    rows.sort(key=lambda row: (row["products"], list(_RULES).index(row["structure"])))
    _print_table(rows)
    if options.plot:
        _plot(rows, options.plot)


def _synthetic(size: int) -> tuple[Vectors, Vectors]:
    catalogue = SyntheticCatalogue(size)
    return catalogue.vectors, catalogue.queries(_QUERIES)


def _measure(vectors: Vectors, queries: Vectors, structures: list[Structure]) -> Any:
    size = len(vectors)
    truth = _nearest(vectors, queries)
    random = np.random.default_rng(1)
    passing = np.sort(random.choice(size, max(1, int(size * _PASSING)), replace=False))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        started = time.perf_counter()
        index = FaissIndex(place, DIMENSION, "synthetic", _RULES[Structure.FLAT])
        for start in range(0, size, _PAGE):
            numbers = np.arange(start, min(size, start + _PAGE))
            index.put(numbers, vectors[start : start + _PAGE], numbers)
            index.commit(start + 1)
        stored = time.perf_counter() - started
        index.close()
        for structure in structures:
            index = FaissIndex(place, DIMENSION, "synthetic", _RULES[structure])
            processor = time.process_time()
            started = time.perf_counter()
            index.maintain()
            built = time.perf_counter() - started
            processor = time.process_time() - processor
            started = time.perf_counter()
            other = FaissIndex(place, DIMENSION, "synthetic", _RULES[structure])
            opened = time.perf_counter() - started
            found = [index.search(query, _K) for query in queries]
            search = _times(lambda i, index=index: index.search(queries[i], _K), _QUERIES)
            filtered = _times(lambda i, index=index: index.search(queries[i], _K, passing), 50)
            files = [file for file in place.rglob("*") if file.is_file()]
            yield {
                "products": size,
                "structure": structure.value,
                "store_s": stored,
                "build_s": built,
                "build_processor_s": processor,
                "open_s": opened,
                "bytes": sum(file.stat().st_size for file in files) / size,
                "structure_bytes": sum(
                    file.stat().st_size for file in files if file.suffix == ".faiss"
                )
                / size,
                "recall": float(
                    np.mean(
                        [
                            len({hit.id for hit in hits} & set(best.tolist())) / len(best)
                            for hits, best in zip(found, truth, strict=True)
                        ]
                    )
                ),
                "search_ms": search,
                "filtered_ms": filtered,
                **_update(index, other, vectors),
                "peak_rss_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
                "load": os.getloadavg()[0],
            }
            index.close()
            other.close()


def _nearest(vectors: Vectors, queries: Vectors) -> Any:
    """The ids of the true `_K` nearest of each query."""
    best = np.empty((len(queries), min(_K, len(vectors))), dtype=np.int64)
    for number, query in enumerate(queries):
        scores = vectors @ query
        best[number] = np.argpartition(scores, -best.shape[1])[-best.shape[1] :]
    return best


def _update(index: FaissIndex, other: FaissIndex, vectors: Vectors) -> dict[str, Any]:
    """Changes some products, one a commit, and lets another's index take each over."""

    def change(number: int) -> None:
        numbers = np.array([number])
        index.put(numbers, vectors[-1 - number][None], numbers + 1)
        index.commit(1_000_000 + number)

    changes, seen = [], []
    for number in range(_UPDATES):
        started = time.perf_counter()
        change(number)
        changed = time.perf_counter()
        other.refresh()
        seen.append((time.perf_counter() - changed) * 1000)
        changes.append((changed - started) * 1000)
    for number in range(_UPDATES):  # as they were
        numbers = np.array([number])
        index.put(numbers, vectors[number][None], numbers)
    index.commit(1)
    return {"update_ms": _percentiles(changes), "take_over_ms": _percentiles(seen)}


def _times(run: Callable[[int], object], count: int) -> dict[str, float]:
    taken = []
    for number in range(count):
        started = time.perf_counter()
        run(number)
        taken.append((time.perf_counter() - started) * 1000)
    return _percentiles(taken)


def _percentiles(values: list[float]) -> dict[str, float]:
    return {"p50": float(np.percentile(values, 50)), "p95": float(np.percentile(values, 95))}


def _print_table(rows: list[dict[str, Any]]) -> None:
    print(
        "| products | structure | store, s | build, s | bytes a product | recall@50 "
        "| search p50/p95, ms | filtered p50, ms | update p50/p95, ms | seen elsewhere p50, ms |"
    )
    print("|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for row in rows:
        chosen = Rule().structure(row["products"]) == row["structure"]
        name = f"**{row['structure']}**" if chosen else row["structure"]
        search, update = row["search_ms"], row["update_ms"]
        print(
            f"| {row['products']:,} | {name} | {row['store_s']:.1f} | {row['build_s']:.1f} "
            f"| {row['bytes']:,.0f} | {row['recall']:.3f} "
            f"| {search['p50']:.2f} / {search['p95']:.2f} | {row['filtered_ms']['p50']:.2f} "
            f"| {update['p50']:.1f} / {update['p95']:.1f} | {row['take_over_ms']['p50']:.1f} |"
        )


def _plot(rows: list[dict[str, Any]], file: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.fonttype"] = "none"
    from matplotlib import pyplot

    panels: list[tuple[str, Callable[[dict[str, Any]], float]]] = [
        ("search without a filter, ms (median)", lambda row: row["search_ms"]["p50"]),
        ("filtered search, 0.5 % pass, ms (median)", lambda row: row["filtered_ms"]["p50"]),
        ("store and build, s", lambda row: row["store_s"] + row["build_s"]),
        ("change of one product, ms (median)", lambda row: row["update_ms"]["p50"]),
    ]
    figure, axes = pyplot.subplots(2, 2, figsize=(10, 7), layout="constrained")
    for axis, (title, value) in zip(axes.flat, panels, strict=True):
        for structure in _RULES:
            of_it = [row for row in rows if row["structure"] == structure]
            axis.plot(
                [row["products"] for row in of_it],
                [value(row) for row in of_it],
                marker="o",
                label=structure.value,
            )
        axis.set(title=title, xlabel="products", xscale="log", yscale="log")
        axis.grid(alpha=0.3)
    axes.flat[0].legend()
    axes.flat[-1].set_ylim(0.1, 10)
    figure.savefig(file)


if __name__ == "__main__":
    main()
