"""What a cache of the products' word pieces could save of a query's reranking.

    .venv/bin/python -m benchmarks.tokenizing

Thirty products of the demo shop a query, the shipped reranker, one thread. Milliseconds of CPU for
the whole, for the word pieces of query and products together, as it is served, and for those of the
query alone, which is what a cache would leave: medians over the queries.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from rich.console import Console
from rich.table import Table
from tokenizers import Tokenizer

from catalog import demo, schema
from catalog.database import connect
from recommender.evaluation.collection import synthetic_collection
from recommender.reranking.reranker import OnnxReranker
from recommender.serving.export import export_reranker
from recommender.training.data.corpus import corpus_in
from recommender.training.data.split import Part
from recommender.weights.shipped import SHIPPED_RERANKER

_DEPTH = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", type=Path, default=SHIPPED_RERANKER)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        export_reranker(options.model, scratch / "reranker")
        settings = json.loads((scratch / "reranker" / "config.json").read_text())
        tokenizer: Any = Tokenizer.from_file(str(scratch / "reranker" / "tokenizer.json"))
        tokenizer.enable_truncation(settings["max_tokens"])
        tokenizer.no_padding()
        reranker = OnnxReranker(scratch / "reranker", threads=1)
        queries, texts = _demo(scratch, options.queries)
        rows = {
            "whole reranking": _milliseconds(lambda query: reranker.scores(query, texts), queries),
            "word pieces of query and products": _milliseconds(
                lambda query: tokenizer.encode_batch([(query, text) for text in texts]), queries
            ),
            "word pieces of the query": _milliseconds(tokenizer.encode, queries),
        }
    if options.json:
        json.dump(rows, sys.stdout, indent=2)
        print()
        return
    table = Table("of a query", "ms of CPU", box=None, pad_edge=False)
    for name, milliseconds in rows.items():
        table.add_row(name, f"{milliseconds:.2f}")
    Console().print(table)


def _demo(scratch: Path, count: int) -> tuple[list[str], list[str]]:
    """Queries written from the demo shop's products, and thirty products' texts."""
    engine = connect(f"sqlite:///{scratch / 'demo.db'}")
    schema.upgrade(engine)
    demo.load(engine)
    collection = synthetic_collection("demo shop", corpus_in(engine), Part.TEST)
    engine.dispose()
    queries = list(collection.queries.values())[:count]
    return queries, list(collection.reranking_texts.values())[:_DEPTH]


def _milliseconds(act: Callable[[str], Any], queries: Sequence[str]) -> float:
    act(queries[0])  # loads what is loaded once
    taken = []
    for query in queries:
        start = process_time()
        act(query)
        taken.append(1000 * (process_time() - start))
    return round(median(taken), 3)


if __name__ == "__main__":
    main()
