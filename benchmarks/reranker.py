"""Dense retrieval against dense retrieval with the reranker, on queries nobody trained on.

    .venv/bin/python benchmarks/reranker.py --data ../shared/data

Measures the adapter that ships, or another by `--adapter`, as it is served: int8 on ONNX Runtime,
the first 30 of the dense order reranked, at the adapter's own blend. What each collection is,
and the numbers of the shipped adapter, stand in recommender/reranker_adapter/README.md. The dense
order is that of the retriever that ships, or of another by `--retriever`. With `--lists` it is
measured on the judged lists of one folder instead, those that `aisle train` holds out.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from catalog import demo, schema
from catalog.database import connect
from recommender.evaluation.collection import (
    Collection,
    home_depot_collection,
    judged_collection,
    judged_lists_collection,
    synthetic_collection,
)
from recommender.evaluation.comparison import RERANKED, Comparison, compare, score
from recommender.evaluation.measures import MRR, NDCG, mean
from recommender.reranking.reranker import OnnxReranker
from recommender.serving.export import export_reranker
from recommender.serving.models import open_retriever
from recommender.training.data.corpus import corpus_from, corpus_in, corpus_of_qrels
from recommender.training.data.split import Part
from recommender.weights.shipped import SHIPPED_RERANKER, SHIPPED_RETRIEVER


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--adapter", type=Path, default=SHIPPED_RERANKER)
    parser.add_argument("--retriever", type=Path, default=SHIPPED_RETRIEVER)
    parser.add_argument("--lists", type=Path, help="folder of products, queries and qrels .tsv")
    parser.add_argument("--part", choices=["dev", "test"], default="test")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        with console.status("exporting the models …"):
            export_reranker(options.adapter, scratch / "reranker")
            encode = open_retriever(options.retriever, scratch / "encoder").encode
        reranker = OnnxReranker(scratch / "reranker")
        comparisons = []
        part = Part(options.part)
        if options.lists is not None:
            collections = [_lists(options.lists, part)]
        else:
            collections = _collections(options.data, scratch, part)
        for collection in collections:
            start = time.monotonic()
            with console.status(f"{collection.name}, {len(collection.queries)} queries …"):
                scored = score(collection, encode, reranker)
                comparisons.append(compare(collection, scored, reranker.blend))
            console.print(f"{collection.name}: {time.monotonic() - start:.0f} s")
    if options.json:
        report = [_row(comparison) for comparison in comparisons]
        json.dump({"blend": reranker.blend, "collections": report}, sys.stdout, indent=2)
        print()
    else:
        Console().print(_table(comparisons, reranker.blend))


def _collections(data: Path, scratch: Path, part: Part) -> list[Collection]:
    engine = connect(f"sqlite:///{scratch / 'demo.db'}")
    schema.upgrade(engine)
    demo.load(engine)
    shop = corpus_in(engine)
    engine.dispose()
    esci = corpus_from(data / "esci" / "products.tsv", data / "esci" / "judgments.tsv")
    collections = [
        judged_collection("ESCI judgments, full corpus", esci, part),
        synthetic_collection("demo shop, synthetic queries", shop, part),
    ]
    if part is Part.TEST:  # nothing is ever chosen by Home Depot, so it has no development part
        collections.append(home_depot_collection(data / "homedepot"))
    return collections


def _lists(folder: Path, part: Part) -> Collection:
    files = {name: folder / f"{name}.tsv" for name in ("products", "queries", "qrels")}
    return judged_lists_collection(folder.name, corpus_of_qrels(**files), part)


def _row(comparison: Comparison) -> dict[str, Any]:
    row: dict[str, Any] = {
        "collection": comparison.collection.name,
        "queries": len(comparison.collection.queries),
    }
    for name in (NDCG, MRR):
        difference = comparison.difference(name)
        row[name] = {
            "dense": round(mean(comparison.dense[name]), 4),
            "reranked": round(mean(comparison.reranked[name]), 4),
            "difference": round(difference.mean, 4),
            "interval_95": [round(difference.low, 4), round(difference.high, 4)],
            "p_value": round(difference.p_value, 4),
        }
    return row


def _table(comparisons: list[Comparison], blend: float) -> Table:
    table = Table(title=f"top {RERANKED} reranked, blend {blend:g}")
    for heading in ("collection", "queries", "measure", "dense", "reranked", "difference", "p"):
        table.add_column(heading, justify="left" if heading == "collection" else "right")
    for row in map(_row, comparisons):
        for name in (NDCG, MRR):
            values = row[name]
            low, high = values["interval_95"]
            table.add_row(
                row["collection"] if name == NDCG else "",
                str(row["queries"]) if name == NDCG else "",
                name,
                f"{values['dense']:.4f}",
                f"{values['reranked']:.4f}",
                f"{values['difference']:+.4f} [{low:+.4f}, {high:+.4f}]",
                f"{values['p_value']:.4f}",
            )
    return table


if __name__ == "__main__":
    main()
