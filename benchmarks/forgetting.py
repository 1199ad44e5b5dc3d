"""What a retriever forgets when it goes on with another department, and what keeps it.

    .venv/bin/python -m benchmarks.forgetting --data ../shared/data/homedepot

The products have no categories, so the queries are parted by what they are about: twenty clusters
of their embeddings, ten to a half. A retriever learns the first half, then goes on with the second:
plainly, held near its weights (`--anchor`), with some of the first half again (`--replay`), and
with both. Each is measured on the test queries of both halves: recall@100 over the half's products.
At the learning rate that `aisle train` takes by itself nothing is forgotten; `--learning-rate 3e-4`
shows what an eager one does.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.cluster import KMeans

from benchmarks.judged_sample import PRODUCTS, QRELS, QUERIES, write_table
from recommender.evaluation.judged_queries import read_table
from recommender.serving.encoder import OnnxEncoder
from recommender.serving.export import export_encoder
from recommender.training.config import RetrieverConfig
from recommender.training.data.corpus import Corpus, corpus_of_qrels
from recommender.training.data.split import Part
from recommender.training.retriever import recall, train

_CLUSTERS = 20
_RELEVANT_FROM = 2.33
_PLAIN = {"method": "full", "epochs": 3, "checkpoints": 0, "log_to": "none"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/homedepot"))
    parser.add_argument("--queries", type=int, default=400, help="of each half")
    parser.add_argument("--learning-rate", type=float, default=0.0, help="0: what suits the method")
    parser.add_argument("--anchor", type=float, default=1.0)
    parser.add_argument("--replay", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        export_encoder(scratch / "minilm")
        old, new = _halves(options, scratch, OnnxEncoder(scratch / "minilm"))
        replayed = {f"replay_{name}": path for name, path in old.items()}
        goes_on = {**new, "init": scratch / "old"}
        ways: dict[str, dict[str, Any]] = {
            "the old half": {**old, "out": scratch / "old"},
            "then the new, plainly": goes_on,
            "then the new, anchored": {**goes_on, "anchor": options.anchor},
            "then the new, replayed": {**goes_on, **replayed, "replay": options.replay},
            "then the new, both": {
                **goes_on,
                **replayed,
                "replay": options.replay,
                "anchor": options.anchor,
            },
        }
        parts = [corpus_of_qrels(**half) for half in (old, new)]
        rows: list[dict[str, Any]] = [{"learnt": "nothing", **_measured(parts, scratch / "minilm")}]
        for name, told in ways.items():
            console.print(f"{name} …")
            config = {
                "out": scratch / "model",
                "seed": options.seed,
                "learning_rate": options.learning_rate,
                **_PLAIN,
                **told,
            }
            report = train(RetrieverConfig.model_validate(config))
            export_encoder(scratch / "served", report.out)
            rows.append({"learnt": name, **_measured(parts, scratch / "served")})
            console.print(json.dumps(rows[-1]))
    if options.json:
        json.dump(rows, sys.stdout, indent=2)
        print()
        return
    table = Table("learnt", "old half", "new half", box=None, pad_edge=False)
    for row in rows:
        table.add_row(row["learnt"], f"{row['old']:.3f}", f"{row['new']:.3f}")
    Console().print(table)


def _halves(
    options: argparse.Namespace, scratch: Path, encoder: OnnxEncoder
) -> list[dict[str, Path]]:
    """Two data sets, each with the products that its own queries were judged with."""
    rows = (row for _, row in read_table(options.data / "queries.tsv", QUERIES))
    texts = {row["query_id"]: row["query"] for row in rows}
    vectors = encoder.encode(list(texts.values()))
    cluster = KMeans(_CLUSTERS, n_init=1, random_state=options.seed).fit_predict(vectors)
    order = np.random.default_rng(options.seed).permutation(_CLUSTERS)
    products = [
        (row["id"], row["title"]) for _, row in read_table(options.data / "products.tsv", PRODUCTS)
    ]
    qrels = [
        tuple(row[name] for name in QRELS)
        for _, row in read_table(options.data / "qrels.tsv", QRELS)
    ]
    halves = []
    for name, clusters in (("a", order[: _CLUSTERS // 2]), ("b", order[_CLUSTERS // 2 :])):
        ids = [id for id, of in zip(texts, cluster, strict=True) if of in clusters]
        Random(options.seed).shuffle(ids)  # noqa: S311 (a sample, not a secret)
        chosen = set(ids[: options.queries])
        judged = [row for row in qrels if row[0] in chosen]
        wanted = {product for _, product, _ in judged}
        half = {kind: scratch / f"{name}-{kind}.tsv" for kind in ("products", "queries", "qrels")}
        write_table(half["products"], PRODUCTS, [row for row in products if row[0] in wanted])
        write_table(half["queries"], QUERIES, [(id, texts[id]) for id in ids if id in chosen])
        write_table(half["qrels"], QRELS, judged)
        halves.append(half)
    return halves


def _measured(parts: list[Corpus], served: Path) -> dict[str, float]:
    encode = OnnxEncoder(served).encode
    old, new = (round(recall(part, encode, _RELEVANT_FROM, Part.TEST), 4) for part in parts)
    return {"old": old, "new": new}


if __name__ == "__main__":
    main()
