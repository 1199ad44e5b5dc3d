"""A reranker whose last layer is computed for the first token alone, against all of it.

    .venv/bin/python -m benchmarks.last_layer --data ../shared/data/homedepot

Both int8 on ONNX Runtime, in turn, three times over: thirty titles for each of some queries, which
are the beginnings of others. Pairs a second of CPU, of all the cores together, so that it does not
matter what else the machine does; the median of the ratios, and how far the logits are apart.
"""

import argparse
import random
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

from recommender.evaluation.judged_queries import read_table
from recommender.serving.export import export_scorer
from recommender.serving.onnx_model import OnnxModel
from recommender.weights.first_token import keep_first_token
from recommender.weights.shipped import SHIPPED_RERANKER
from recommender.weights.trained import Kind, load

_DEPTH = 30
_ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", type=Path, default=SHIPPED_RERANKER)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/homedepot"))
    parser.add_argument("--queries", type=int, default=40)
    options = parser.parse_args()
    rng = random.Random(0)  # noqa: S311 (a sample, not a secret)
    titles = [row["title"] for _, row in read_table(options.data / "products.tsv", ("title",))]
    shown = [
        [(title[:30], text) for text in rng.sample(titles, _DEPTH)]
        for title in rng.sample(titles, options.queries)
    ]
    with tempfile.TemporaryDirectory() as folder:
        whole = _exported(options.model, Path(folder) / "whole", first_token=False)
        first = _exported(options.model, Path(folder) / "first", first_token=True)
    rates = [(_rate(whole, shown), _rate(first, shown)) for _ in range(_ROUNDS)]
    apart = max(
        float(np.abs(whole.run("logits", pairs) - first.run("logits", pairs)).max())
        for pairs in shown
    )
    print(
        f"pairs a CPU second: {median(rate for rate, _ in rates):.0f} whole, "
        f"{median(rate for _, rate in rates):.0f} first token; "
        f"{median(new / old for old, new in rates):.2f} times as many; "
        f"logits at most {apart:.4f} apart"
    )


def _exported(model: Path, folder: Path, *, first_token: bool) -> OnnxModel:
    scorer = load(model, Kind.RERANKER)
    if first_token:
        keep_first_token(scorer)
    folder.mkdir()
    export_scorer(scorer, folder)
    return OnnxModel(folder, 96)


def _rate(model: OnnxModel, shown: list[list[tuple[str, str]]]) -> float:
    start = process_time()
    for pairs in shown:
        model.run("logits", pairs)
    return _DEPTH * len(shown) / (process_time() - start)


if __name__ == "__main__":
    main()
