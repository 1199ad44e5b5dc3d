"""What Milvus costs, as milvus-lite shows it: in this process over a file, and as a server.

    .venv/bin/python -m benchmarks.milvus

For each number of products: how long it takes to store the vectors and to index them; bytes a
product on disk, and in the memory of the server; how long a search for the 50 nearest takes,
without a filter and with one that 0.5 % pass, and what share of the true 50 each finds; and how
long it takes to change one product, and to see the change in another process's index. Over a file,
a search looks at all vectors; a server has them in lists, as a real Milvus would. Vectors are
synthetic, see vectors.py.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.vectors import DIMENSION, SyntheticCatalogue, Vectors
from recommender.index.milvus_index import MilvusIndex
from recommender.index.port import Ids

_SIZES = (10_000, 50_000, 200_000)
_PAGE = 16_384
_K = 50
_QUERIES = 50
_UPDATES = 30
_PASSING = 0.005


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES)
    options = parser.parse_args()
    print(
        "| products | milvus-lite | store, s | index, s | disk, bytes | memory, bytes | recall@50 "
        "| search p50/p95, ms | filtered p50, ms | its recall | update p50, ms | seen, ms |"
    )
    print("|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for size in options.sizes:
        catalogue = SyntheticCatalogue(size)
        for place in ("file", "server"):
            with tempfile.TemporaryDirectory() as folder:
                row = _measure(catalogue, place, Path(folder))
            print(json.dumps({"products": size, "place": place, **row}), file=sys.stderr)
            print(
                f"| {size:,} | {place} | {row['store_s']:.1f} | {row['index_s']:.1f} "
                f"| {row['disk']:,.0f} | {row['memory']:,.0f} | {row['recall']:.3f} "
                f"| {row['search_ms'][0]:.1f} / {row['search_ms'][1]:.1f} "
                f"| {row['filtered_ms'][0]:.1f} | {row['filtered_recall']:.3f} "
                f"| {row['update_ms'][0]:.1f} | {row['seen_ms'][0]:.1f} |",
                flush=True,
            )


def _measure(catalogue: SyntheticCatalogue, place: str, folder: Path) -> dict[str, Any]:
    vectors = catalogue.vectors
    queries = catalogue.queries(_QUERIES)
    passing = np.sort(
        np.random.default_rng(1).choice(
            len(vectors), max(_K, int(len(vectors) * _PASSING)), replace=False
        )
    )
    with _milvus(place, folder) as (uri, process):
        index = MilvusIndex.open(uri, "", DIMENSION, "synthetic")
        before = _resident(process)
        started = time.perf_counter()
        for start in range(0, len(vectors), _PAGE):
            numbers = np.arange(start, min(len(vectors), start + _PAGE))
            index.put(numbers, vectors[start : start + _PAGE], numbers)
            index.commit(start + 1)
        stored = time.perf_counter()
        index.maintain()
        indexed = time.perf_counter()
        found = [[hit.id for hit in index.search(query, _K)] for query in queries]
        memory = _resident(process) - before
        of_few = [[hit.id for hit in index.search(query, _K, passing)] for query in queries]
        other = MilvusIndex.open(uri, "", DIMENSION, "synthetic")
        row = {
            "store_s": stored - started,
            "index_s": indexed - stored,
            "disk": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
            / len(vectors),
            "memory": memory / len(vectors),
            "recall": _recall(found, vectors, queries, np.arange(len(vectors))),
            "search_ms": _times(lambda i: index.search(queries[i], _K), _QUERIES),
            "filtered_ms": _times(lambda i: index.search(queries[i], _K, passing), _QUERIES),
            "filtered_recall": _recall(of_few, vectors, queries, passing),
            **_updates(index, other, vectors),
            "load": os.getloadavg()[0],
        }
        other.close()
        index.close()
    return row


@contextmanager
def _milvus(place: str, folder: Path) -> Iterator[tuple[str, int]]:
    """Where Milvus is, and the process that holds the vectors."""
    if place == "file":
        yield str(folder / "index.db"), os.getpid()
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "milvus_lite",
        "server",
        "--data-dir",
        str(folder / "index.db"),
    ]
    with subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)], stdout=subprocess.DEVNULL
    ) as server:
        try:
            while True:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.kill()


def _resident(process: int) -> int:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _recall(found: list[list[int]], vectors: Vectors, queries: Vectors, among: Ids) -> float:
    """The mean share of the true `_K` nearest of these ids."""
    shares = []
    for query, hits in zip(queries, found, strict=True):
        best = among[np.argsort(-(vectors[among] @ query))[:_K]]
        shares.append(len({*hits} & {*best.tolist()}) / len(best))
    return float(np.mean(shares))


def _updates(index: MilvusIndex, other: MilvusIndex, vectors: Vectors) -> dict[str, Any]:
    """Changes products, one a commit, and lets the other see each."""
    other.refresh()
    changed, seen = [], []
    for number in range(_UPDATES):
        started = time.perf_counter()
        index.put(np.array([number]), vectors[-1 - number][None], np.array([number + 1]))
        index.commit(1_000_000_000 + number)
        committed = time.perf_counter()
        other.refresh()
        seen.append((time.perf_counter() - committed) * 1000)
        changed.append((committed - started) * 1000)
    return {"update_ms": _percentiles(changed), "seen_ms": _percentiles(seen)}


def _times(run: Callable[[int], object], count: int) -> tuple[float, float]:
    taken = []
    for number in range(count):
        started = time.perf_counter()
        run(number)
        taken.append((time.perf_counter() - started) * 1000)
    return _percentiles(taken)


def _percentiles(values: list[float]) -> tuple[float, float]:
    return float(np.percentile(values, 50)), float(np.percentile(values, 95))


if __name__ == "__main__":
    main()
