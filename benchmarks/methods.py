"""Which method of fine-tuning gives what: the reranker on judged queries, one row a recipe.

    .venv/bin/python -m benchmarks.methods --data ../shared/data/homedepot --queries 2000

Trains each recipe on the same training queries, chooses its blend on the development queries, and
measures NDCG@10 of the judged lists of the test queries as it is served, with the difference from
the dense order and its 95 % interval. `--only lora full` takes some of the recipes. Time and peak
memory are those of each training, in a process of its own.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from rich.console import Console
from rich.table import Table

from recommender.evaluation.collection import judged_lists_collection
from recommender.evaluation.comparison import compare, score
from recommender.evaluation.measures import NDCG, mean
from recommender.reranking.reranker import OnnxReranker
from recommender.serving.encoder import OnnxEncoder
from recommender.serving.export import export_encoder, export_reranker
from recommender.training.config import RerankerConfig
from recommender.training.data.corpus import Corpus, corpus_of_qrels
from recommender.training.data.split import Part
from recommender.weights.shipped import SHIPPED_RETRIEVER

_PLAIN = {"loss": "bce", "negatives": 0, "most_lists": 0, "max_tokens": 48, "served_tokens": 64}
RECIPES: dict[str, dict[str, Any]] = {
    "head": {"method": "head"},
    "top layers": {"method": "top-layers"},
    "lora": {"method": "lora"},
    "adalora": {"method": "adalora"},
    "ia3": {"method": "ia3"},
    "adapter": {"method": "adapter"},
    "prefix": {"method": "prefix"},
    "full": {"method": "full"},
    "full, adversarial": {"method": "full", "adversarial": 0.5},
    "full, typos and synonyms": {"method": "full", "typos": 0.3, "synonyms": 0.3},
    "full, mined negatives": {"method": "full", "negatives": 5, "synthetic_queries": 0},
    "full, ranknet": {"method": "full", "loss": "ranknet"},
    "full, lambda": {"method": "full", "loss": "lambda"},
    "full, residual listnet": {"method": "full", "loss": "residual-listnet"},
    "distilled from full": {"method": "full", "loss": "distill", "teacher": "full"},
    "distilled, 3 layers": {
        "method": "full",
        "loss": "distill",
        "layers": 3,
        "teacher": "full",
        "init": "full",
    },
}
"""By name; `teacher` and `init` are models of recipes that come before."""
_OF_OTHERS = ("teacher", "init")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/homedepot"))
    parser.add_argument("--queries", type=int, default=2000, help="to train on; 0 for all")
    parser.add_argument("--only", nargs="+", choices=RECIPES, default=list(RECIPES))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    files = {name: options.data / f"{name}.tsv" for name in ("products", "queries", "qrels")}
    if options.one:
        _train(json.loads(options.one))
        return
    if missing := _learnt_from(options.only) - set(options.only):
        parser.error(f"some of these learn from {', '.join(missing)}: add it to --only")
    console = Console(stderr=True)
    corpus = corpus_of_qrels(**files)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        export_encoder(scratch / "encoder", SHIPPED_RETRIEVER)
        encoder = OnnxEncoder(scratch / "encoder")
        for name in options.only:
            console.print(f"{name} …")
            told = {
                **_PLAIN,
                **{key: str(path) for key, path in files.items()},
                "out": str(_folder(scratch, name)),
                "most_queries": options.queries,
                "seed": options.seed,
                "log_to": "none",
                **RECIPES[name],
            }
            told |= {what: str(_folder(scratch, told[what])) for what in _OF_OTHERS if what in told}
            if "teacher" in told:
                told["teacher"] = [told["teacher"]]
            trained = _in_a_process(told, options.data)
            rows.append({"recipe": name, **trained, **_measured(corpus, encoder, scratch, name)})
            if name not in _learnt_from(options.only):
                shutil.rmtree(_folder(scratch, name))
            console.print(json.dumps(rows[-1]))
    if options.json:
        json.dump(rows, sys.stdout, indent=2)
        print()
    else:
        Console().print(_table(rows))


def _train(told: dict[str, Any]) -> None:
    """In the child: trains, and prints what it took."""
    from recommender.training.reranker import train

    start = monotonic()
    report = train(RerankerConfig.model_validate(told))
    out = report.out
    weights = [*out.glob("*.safetensors")]
    print(
        json.dumps(
            {
                "learnt": report.learnt,
                "pairs": report.pairs,
                "seconds": round(monotonic() - start),
                "blend": report.blend,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "checkpoint_mb": round(sum(file.stat().st_size for file in weights) / 1e6, 2),
            }
        )
    )


def _in_a_process(told: dict[str, Any], data: Path) -> dict[str, Any]:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks.methods",
            "--data",
            str(data),
            "--one",
            json.dumps(told),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _learnt_from(names: Sequence[str]) -> set[str]:
    """The recipes whose models others begin with, or are taught by."""
    return {RECIPES[name][what] for name in names for what in _OF_OTHERS if what in RECIPES[name]}


def _folder(scratch: Path, recipe: str) -> Path:
    return scratch / recipe.replace(", ", "-").replace(" ", "-")


def _measured(corpus: Corpus, encoder: OnnxEncoder, scratch: Path, recipe: str) -> dict[str, Any]:
    export_reranker(_folder(scratch, recipe), scratch / "served")
    reranker = OnnxReranker(scratch / "served")
    collection = judged_lists_collection("test", corpus, Part.TEST)
    compared = compare(collection, score(collection, encoder.encode, reranker), reranker.blend)
    change = compared.difference(NDCG)
    return {
        "test_queries": len(collection.queries),
        "dense": round(mean(compared.dense[NDCG]), 4),
        "reranked": round(mean(compared.reranked[NDCG]), 4),
        "difference": round(change.mean, 4),
        "interval_95": [round(change.low, 4), round(change.high, 4)],
        "p_value": round(change.p_value, 4),
    }


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(
        "recipe", "learnt", "s", "peak MB", "checkpoint MB", "blend", "NDCG@10", "from dense",
        box=None, pad_edge=False,
    )  # fmt: skip
    if rows:
        table.add_row("before (dense)", "", "", "", "", "", f"{rows[0]['dense']:.4f}", "")
    for row in rows:
        low, high = row["interval_95"]
        table.add_row(
            row["recipe"],
            f"{row['learnt']:,}",
            f"{row['seconds']:,}",
            f"{row['peak_mb']:,}",
            f"{row['checkpoint_mb']:.1f}",
            f"{row['blend']:.2f}",
            f"{row['reranked']:.4f}",
            f"{row['difference']:+.4f} ({low:+.4f} to {high:+.4f})",
        )
    return table


if __name__ == "__main__":
    main()
