"""A reranker made smaller step by step: fewer layers, fewer heads, and what each costs and brings.

    .venv/bin/python -m benchmarks.compression --data ../shared/data/homedepot --queries 400

One full reranker learns from judged queries; with `--teacher` it is there already. Its students
begin with its weights and learn, from the same queries, to score as it does. All are measured as
they are served, beside sentence-transformers' `CrossEncoder.predict` with the teacher in fp32: see
`benchmarks.serving`.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.judged_sample import JudgedSample, add_options, sample
from benchmarks.serving import measured, scorers_of, table
from recommender.evaluation.collection import judged_lists_collection
from recommender.training.config import RerankerConfig
from recommender.training.data.corpus import corpus_of_qrels
from recommender.training.data.split import Part
from recommender.training.reranker import train

TEACHER = "six layers"
STEPS: dict[str, dict[str, Any]] = {
    "six layers, 8 heads": {"init": TEACHER, "heads": 8},
    "three layers": {"init": TEACHER, "layers": 3},
    "three layers, 8 heads": {"init": "three layers", "layers": 3, "heads": 8},
}
"""By name; `init` is a model that comes before."""
_RECIPE = {
    "method": "full",
    "negatives": 0,
    "most_lists": 0,
    "max_tokens": 48,
    "served_tokens": 64,
    "log_to": "none",
    "checkpoints": 0,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--timed", type=int, default=50, help="queries of the speed")
    parser.add_argument("--teacher", type=Path, help="a full reranker; by default trained here")
    parser.add_argument("--epochs", type=float, default=2.0, help="of each student")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_options(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        data = sample(options, scratch)
        models = _models(options, data, scratch)
        collection = judged_lists_collection(
            "test", corpus_of_qrels(data.products, data.queries, data.qrels), Part.TEST
        )
        compared = scorers_of(models[TEACHER], models, scratch / "served")
        rows = measured(collection, compared, options.timed)
    if options.json:
        json.dump(rows, sys.stdout, indent=2)
        print()
    else:
        Console().print(table(rows))


def _models(options: argparse.Namespace, data: JudgedSample, scratch: Path) -> dict[str, Path]:
    """The folder of each model, by name."""
    models = {TEACHER: options.teacher or scratch / "teacher"}
    if options.teacher is None:
        _train(TEACHER, data, {"out": models[TEACHER], "loss": "bce", "seed": options.seed})
    for name, step in STEPS.items():
        models[name] = scratch / name.replace(", ", "-").replace(" ", "-")
        told = {
            **step,
            "init": models[step["init"]],
            "teacher": [models[TEACHER]],
            "loss": "distill",
            "epochs": options.epochs,
            "seed": options.seed,
            "out": models[name],
        }
        _train(name, data, told)
    return models


def _train(name: str, data: JudgedSample, told: Mapping[str, Any]) -> None:
    print(f"{name} …", file=sys.stderr, flush=True)
    files = {"products": data.products, "queries": data.queries, "qrels": data.qrels}
    train(RerankerConfig.model_validate({**_RECIPE, **files, **told}))


if __name__ == "__main__":
    main()
