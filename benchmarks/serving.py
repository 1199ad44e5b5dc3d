"""Pairs a second of the reranker as it is served, beside sentence-transformers' CrossEncoder.

    .venv/bin/python -m benchmarks.serving --model my-reranker --student my-student \\
        --data ../shared/data/homedepot

Thirty products a query, the judged lists' queries of the test part. In turn, and in one process:
`CrossEncoder.predict` with the full model in fp32, as its documentation has it; Aisle's int8 ONNX
of the same model; and the student's. Then queries as a shop's customers repeat them (Zipf), where
scores of pairs are remembered. Aisle works on every core; seconds of CPU, of all the cores
together, do not show that, nor what else the machine does. NDCG@10 is of the judged lists, by the
model's score alone.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from math import inf
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

import numpy as np
from rich.console import Console
from rich.table import Table
from sentence_transformers import CrossEncoder

from recommender.evaluation.collection import Collection, judged_lists_collection
from recommender.evaluation.measures import NDCG, PerQuery, mean, measure
from recommender.evaluation.significance import paired_difference
from recommender.reranking.remembered_scores import RememberedScores
from recommender.reranking.reranker import OnnxReranker
from recommender.reranking.time_budget import TimeBudget
from recommender.serving.export import export_reranker
from recommender.training.data.corpus import corpus_of_qrels
from recommender.training.data.split import Part
from recommender.weights.minilm import minilm_folder
from recommender.weights.trained import Kind, load

_DEPTH = 30
_ROUNDS = 3
_ZIPF = 1.1
"""Exponent of how often queries are repeated: Baeza-Yates et al. found about 1 in search logs."""

Score = Callable[[str, list[str]], Sequence[float]]


class Speed(NamedTuple):
    """Pairs a second."""

    by_clock: float
    by_cpu: float
    """Of one core's time: what others do on the machine, and on how many cores, is no matter."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", type=Path, required=True, help="a full reranker")
    parser.add_argument("--student", type=Path, help="the one that serves, if another")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/homedepot"))
    parser.add_argument("--queries", type=int, default=100, help="that speed is measured on")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    files = {name: options.data / f"{name}.tsv" for name in ("products", "queries", "qrels")}
    collection = judged_lists_collection("test", corpus_of_qrels(**files), Part.TEST)
    with tempfile.TemporaryDirectory() as folder:
        served = {"Aisle, int8": options.model}
        if options.student is not None:
            served["Aisle, int8, student"] = options.student
        rows = measured(
            collection, scorers_of(options.model, served, Path(folder)), options.queries
        )
    if options.json:
        json.dump(rows, sys.stdout, indent=2)
        print()
    else:
        Console().print(table(rows))


def scorers_of(model: Path, served: Mapping[str, Path], scratch: Path) -> dict[str, Score]:
    """What is measured: first `CrossEncoder.predict` of one model, then others as Aisle serves
    them, by name."""
    peer: CrossEncoder = CrossEncoder(str(minilm_folder()), num_labels=1, device="cpu")
    transformer: Any = peer[0]
    transformer.model = load(model, Kind.RERANKER, attention="sdpa")

    def predict(query: str, texts: list[str]) -> Sequence[float]:
        return list(map(float, peer.predict([(query, text) for text in texts])))

    return {"CrossEncoder.predict, fp32": predict} | {
        name: _served(trained, scratch / name) for name, trained in served.items()
    }


def _served(trained: Path, folder: Path) -> Score:
    export_reranker(trained, folder)
    reranker = OnnxReranker(folder)
    return lambda query, texts: reranker.scores(query, texts).tolist()


def measured(collection: Collection, scorers: Mapping[str, Score], count: int) -> list[Any]:
    """One row a scorer: speed on so many queries of the collection, quality on all of them."""
    rng = random.Random(0)  # noqa: S311 (a sample, not a secret)
    queries = rng.sample(sorted(collection.queries.values()), count)
    texts = list(collection.reranking_texts.values())
    shown = {query: rng.sample(texts, _DEPTH) for query in queries}
    repeated = _repeated(queries)
    peer, *_ = scorers
    quality = {name: _ndcg(collection, score) for name, score in scorers.items()}
    cold: dict[str, list[Speed]] = {name: [] for name in scorers}
    warm: dict[str, list[Speed]] = {name: [] for name in scorers}
    for _ in range(_ROUNDS):
        for name, score in scorers.items():
            cold[name].append(_speed(score, queries, shown))
            if name == peer:  # it remembers nothing: to it every query is new
                warm[name].append(cold[name][-1])
            else:
                warm[name].append(_speed(_remembering(score), repeated, shown))
    fresh, again = ({name: _median(each) for name, each in of.items()} for of in (cold, warm))
    rows = []
    for name in scorers:
        change = paired_difference(quality[peer], quality[name])
        rows.append(
            {
                "scorer": name,
                "pairs_a_second": round(fresh[name].by_clock),
                "times": round(fresh[name].by_clock / fresh[peer].by_clock, 2),
                "pairs_a_cpu_second": round(fresh[name].by_cpu),
                "cpu_times": round(fresh[name].by_cpu / fresh[peer].by_cpu, 2),
                "zipf_pairs_a_second": round(again[name].by_clock),
                "zipf_times": round(again[name].by_clock / again[peer].by_clock, 2),
                "ndcg@10": round(mean(quality[name]), 4),
                "difference": round(change.mean, 4),
                "interval_95": [round(change.low, 4), round(change.high, 4)],
            }
        )
    return rows


def _repeated(queries: Sequence[str]) -> list[str]:
    """Ten times as many, as often as customers repeat them."""
    rng = np.random.default_rng(0)
    weights = 1 / np.arange(1, len(queries) + 1) ** _ZIPF
    places = rng.choice(len(queries), size=10 * len(queries), p=weights / weights.sum())
    return [queries[place] for place in places]


def _remembering(score: Score) -> Score:
    class Plain:
        blend = 1.0

        def scores(self, query: str, texts: list[str]) -> Any:
            return np.asarray(score(query, texts), dtype=np.float32)

    kept = RememberedScores(Plain(), TimeBudget(inf))
    return lambda query, texts: kept.scores(query, texts).tolist()


def _speed(score: Score, queries: Sequence[str], shown: dict[str, list[str]]) -> Speed:
    clock, cpu = perf_counter(), process_time()
    for query in queries:
        score(query, shown[query])
    pairs = _DEPTH * len(queries)
    return Speed(pairs / (perf_counter() - clock), pairs / (process_time() - cpu))


def _median(speeds: Sequence[Speed]) -> Speed:
    return Speed(*map(median, zip(*speeds, strict=True)))


def _ndcg(collection: Collection, score: Score) -> PerQuery:
    run = {}
    for id, query in collection.queries.items():
        products = list(collection.gains[id])
        scores = score(query, [collection.reranking_texts[product] for product in products])
        run[id] = dict(zip(products, map(float, scores), strict=True))
    return measure(run, collection.gains, relevant_from=collection.relevant_from)[NDCG]


def table(rows: Sequence[Any]) -> Table:
    made = Table(
        "", "pairs/s", "times", "pairs/CPU s", "times", "repeated queries, pairs/s", "times",
        "NDCG@10", "difference",
        box=None, pad_edge=False,
    )  # fmt: skip
    for row in rows:
        low, high = row["interval_95"]
        made.add_row(
            row["scorer"],
            f"{row['pairs_a_second']:,}",
            f"{row['times']:.2f}",
            f"{row['pairs_a_cpu_second']:,}",
            f"{row['cpu_times']:.2f}",
            f"{row['zipf_pairs_a_second']:,}",
            f"{row['zipf_times']:.2f}",
            f"{row['ndcg@10']:.4f}",
            f"{row['difference']:+.4f} ({low:+.4f} to {high:+.4f})",
        )
    return made


if __name__ == "__main__":
    main()
