"""Requests that nobody wrote for this parser: is every one answered, how fast, what is understood?

    .venv/bin/python -m benchmarks.robustness --data ../shared/data

Asks the requests of WebShop, which customers of another shop wrote, of two catalogues: the demo
shop, which says much of each product, and the ESCI products, which say little but are the kinds of
things that are asked for. Each request goes through the whole search but for the reranker. With
`--sample 50` it prints instead what is understood of so many of them, to be judged by hand; which
ones depends on `--seed` alone.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from catalog import demo, schema
from catalog.database import connect
from catalog.importers import import_products
from recommender.search import SearchEngine

_RESULTS = 10
CATALOGUES = ("demo shop", "ESCI products")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--catalogues", nargs="+", choices=CATALOGUES, default=CATALOGUES)
    parser.add_argument("--limit", type=int, help="ask only so many, evenly spread")
    parser.add_argument("--sample", type=int, help="print what is understood of so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    requests: list[str] = json.loads((options.data / "webshop" / "goals.json").read_text())
    rows = []
    for name in options.catalogues:
        with tempfile.TemporaryDirectory() as folder:
            search = _open(name, options.data, Path(folder))
            if options.sample:
                rng = random.Random(options.seed)  # noqa: S311 (a sample, not a secret)
                _print_understood(search, rng.sample(requests, options.sample))
                continue
            asked = (
                requests[:: max(1, len(requests) // options.limit)] if options.limit else requests
            )
            rows.append({"catalogue": name, **_ask(search, asked)})
    if options.json:
        json.dump(rows, sys.stdout, indent=2)
        print()
    elif rows:
        Console().print(_table(rows))


def _open(name: str, data: Path, folder: Path) -> SearchEngine:
    engine = connect(f"sqlite:///{folder / 'aisle.db'}")
    schema.upgrade(engine)
    if name == "demo shop":
        demo.load(engine, pictures=folder / "pictures")
    else:
        import_products(engine, data / "esci" / "products.tsv")
    search = SearchEngine.open(engine, folder)
    search.refresh()
    return search


def _ask(search: SearchEngine, requests: list[str]) -> dict[str, Any]:
    parse_ms, search_ms = [], []
    answered = raised = constrained = relaxed = 0
    kinds: Counter[str] = Counter()
    for text in track(requests, console=Console(stderr=True)):
        try:
            started = perf_counter()
            query = search.understand(text)
            parsed = perf_counter()
            response = search.search(query, k=_RESULTS, rerank=False)
            finished = perf_counter()
        except Exception as error:
            raised += 1
            Console(stderr=True).print(f"{text!r}: {error!r}", markup=False)
            continue
        parse_ms.append((parsed - started) * 1000)
        search_ms.append((finished - parsed) * 1000)
        answered += bool(response.results)
        constrained += bool(query.filters)
        relaxed += bool(response.relaxed)
        kinds.update(query.filters.names())
    return {
        "products": len(search),
        "requests": len(requests),
        "raised": raised,
        "answered": answered,
        "with a constraint": constrained,
        "relaxed": relaxed,
        "parse p50 ms": _percentile(parse_ms, 50),
        "parse p95 ms": _percentile(parse_ms, 95),
        "search p50 ms": _percentile(search_ms, 50),
        "search p95 ms": _percentile(search_ms, 95),
        "constraints": dict(kinds.most_common()),
    }


def _percentile(values: list[float], percent: int) -> float:
    return round(float(np.percentile(values, percent)), 1)


def _print_understood(search: SearchEngine, requests: Iterable[str]) -> None:
    for text in requests:
        query = search.understand(text)
        print(json.dumps({"ask": text, "text": query.text, "filters": query.filters.to_json()}))


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table("", *(str(row["catalogue"]) for row in rows), title="requests of WebShop")
    for name in rows[0]:
        if name not in ("catalogue", "constraints"):
            table.add_row(name, *(f"{row[name]:,}" for row in rows))
    for name in dict.fromkeys(name for row in rows for name in row["constraints"]):
        table.add_row(f"  {name}", *(f"{row['constraints'].get(name, 0):,}" for row in rows))
    return table


if __name__ == "__main__":
    main()
