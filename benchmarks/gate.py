"""A worse reranker is refused, and a better one goes live while customers search.

    .venv/bin/python -m benchmarks.gate --data ../shared/data/homedepot --queries 400

In a shop of its own over the products of some judged queries, with `aisle` and a running service.
Two rerankers learn from the same queries: one from the labels, and one from
labels that were shuffled among the products of each query. While customers search,

1. `aisle models promote` compares the one of the shuffled labels with the reranker that ships;
2. that one is put into service all the same, past the gate, as somebody might who is in a hurry;
3. `aisle models promote` compares the one of the right labels with it.

Both serve with the weight `--blend` in place of the one that their development queries chose: so
few labels are trusted with none, and two models of no weight would order alike.

Exit status 1 unless the first is refused, the second promoted, no request failed, and none was
answered by another model than the one in service, but for the moment in which it changes.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from math import inf
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.judged_sample import JudgedSample, add_options, sample
from benchmarks.phases import Phases
from benchmarks.shoppers import Scores, Shoppers, telling
from bot import supervisor
from bot.evaluation.demo_shop import demo_shop
from bot.search_engine import open_search
from bot.settings import Settings
from catalog.database import connect
from recommender.registry.registry import Registry
from recommender.reranking.remembered_scores import RememberedScores
from recommender.reranking.reranker import OnnxReranker
from recommender.reranking.time_budget import TimeBudget
from recommender.serving.export import export_reranker
from recommender.weights.shipped import SHIPPED_RERANKER
from recommender.weights.trained import SETTINGS, Kind, is_trained

SHIPS, SHUFFLED, RIGHT = "ships", "shuffled labels", "right labels"
_RECIPE = {
    "loss": "bce",
    "negatives": 0,
    "most-lists": 0,
    "max-tokens": 48,
    "served-tokens": 64,
    "log-to": "none",
    "checkpoints": 0,
}
_SEARCHED = 40
"""Held-out queries that the customers search for."""
_START_SECONDS = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--method", default="lora", help="of `aisle train reranker`")
    parser.add_argument("--epochs", default="2")
    parser.add_argument("--models", type=Path, help="folder to keep both in, for another run")
    parser.add_argument("--blend", type=float, default=1.0, help="weight that both serve with")
    parser.add_argument("--customers", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_options(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aisle-gate-") as name:
        folder = Path(name)
        data = sample(options, folder)
        own = {"data_dir": folder / "shop", "database_url": f"sqlite:///{folder / 'shop.db'}"}
        with demo_shop(Settings(data_dir=folder), reranker="", embedding_model="", **own) as shop:
            report = _shown(shop, options, data)
    if options.json:
        json.dump(report, sys.stdout, indent=2)
        print()
    else:
        _print(report)
    if not report["as_it_should_be"]:
        sys.exit(1)


def _shown(shop: Settings, options: argparse.Namespace, data: JudgedSample) -> dict[str, Any]:
    """Trains, serves, and does the three things under the customers' eyes."""
    models = {}
    for name, folder, qrels in (
        (SHUFFLED, "shuffled", data.shuffled_qrels),
        (RIGHT, "right", data.qrels),
    ):
        trained = (options.models or data.folder / "trained") / folder
        if not is_trained(trained):
            tell(f"training on {name} …")
            _train(shop, options, trained, data, qrels)
        models[name] = data.folder / folder
        shutil.copytree(trained, models[name])
        _weigh(models[name], options.blend)
    tell("importing and indexing the products …")
    _aisle(shop, "import", str(data.products))
    expected = _expected(shop, {SHIPS: SHIPPED_RERANKER, **models}, data.held_out[:_SEARCHED])
    registry = Registry(shop.data_dir, Kind.RERANKER)
    tell("customers search …")
    service = supervisor.service_of(shop)
    service.start()
    try:
        _wait_until_it_answers(service)
        with Shoppers(shop.service_url, expected, options.customers) as shoppers:
            phases = Phases(shoppers)
            phases.end("what ships serves", SHIPS)
            refused = _promoted(shop, models[SHUFFLED], data)
            phases.end("shuffled labels at the gate", SHIPS)
            registry.promote(registry.add(models[SHUFFLED], {}).number)
            phases.end("they go past the gate", SHIPS, SHUFFLED)
            passed = _promoted(shop, models[RIGHT], data)
            if passed["passes"]:
                phases.end("right labels at the gate, and live", SHUFFLED, RIGHT)
                phases.end("afterwards", RIGHT)
            else:
                phases.end("right labels at the gate", SHUFFLED)
    finally:
        service.stop()
    wrong = sum(phase.wrong for phase in phases.ended)
    return {
        "queries": options.queries,
        "held_out": options.held_out,
        "searched_for": len(expected[SHIPS]),
        "phases": [phase.to_json() for phase in phases.ended],
        "gate": {SHUFFLED: refused, RIGHT: passed},
        "as_it_should_be": not refused["passes"] and passed["passes"] and not wrong,
    }


def _train(
    shop: Settings, options: argparse.Namespace, out: Path, data: JudgedSample, qrels: Path
) -> None:
    recipe = {"method": options.method, "epochs": options.epochs, "seed": options.seed, **_RECIPE}
    told = [part for name, value in recipe.items() for part in (f"--{name}", str(value))]
    _aisle(shop, "train", "reranker", *_files(data, qrels), *told, "--out", str(out))


def _weigh(model: Path, blend: float) -> None:
    """Sets the weight that a model serves with."""
    about = json.loads((model / SETTINGS).read_text())
    (model / SETTINGS).write_text(json.dumps({**about, "blend": blend}))


def _files(data: JudgedSample, qrels: Path) -> list[str]:
    return [f"--products={data.products}", f"--queries={data.queries}", f"--qrels={qrels}"]


def _promoted(shop: Settings, model: Path, data: JudgedSample) -> dict[str, Any]:
    """What the gate said of it."""
    tell(f"{model.name} at the gate …")
    done = _aisle(
        shop, "models", "promote", str(model), *_files(data, data.qrels), "--json", may_fail=True
    )
    if not done.stdout:
        sys.exit(done.stderr)
    gate: dict[str, Any] = json.loads(done.stdout)["gate"]
    if gate["passes"] is bool(done.returncode):
        sys.exit(f"passes {gate['passes']}, but exit status {done.returncode}")
    return gate


def _aisle(
    shop: Settings, *arguments: str, may_fail: bool = False
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        env={**os.environ, **shop.environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and not may_fail:
        sys.exit(done.stderr)
    return done


def _expected(
    shop: Settings, models: Mapping[str, Path], queries: Sequence[str]
) -> dict[str, dict[str, Scores]]:
    """What each model answers, of the queries that tell them apart."""
    answers: dict[str, dict[str, Scores]] = {}
    engine = connect(shop.database_url)
    with closing(open_search(shop, engine)) as search, tempfile.TemporaryDirectory() as scratch:
        search.refresh()
        for name, trained in models.items():
            folder = Path(scratch) / name
            export_reranker(trained, folder)
            search.reranker = RememberedScores(OnnxReranker(folder), TimeBudget(inf))
            answers[name] = {
                query: {
                    offer.id: offer.score
                    for offer in search.search(search.understand(query)).results
                }
                for query in queries
            }
    engine.dispose()
    return telling(answers)


def _wait_until_it_answers(service: supervisor.Child) -> None:
    start = time.monotonic()
    while not service.answers():
        if service.exit_code() is not None or time.monotonic() - start > _START_SECONDS:
            sys.exit(service.log.read_text())
        time.sleep(0.2)


def tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _print(report: Mapping[str, Any]) -> None:
    console = Console()
    table = Table(
        "", "requests", "failed", *(f"by {name}" for name in (SHIPS, SHUFFLED, RIGHT)), "p95 ms",
        box=None, pad_edge=False,
    )  # fmt: skip
    for phase in report["phases"]:
        counts = [str(phase["answered_by"].get(name, "")) for name in (SHIPS, SHUFFLED, RIGHT)]
        table.add_row(
            phase["phase"], str(phase["requests"]), str(phase["failed"]), *counts,
            str(phase["p95_ms"]),
        )  # fmt: skip
    console.print(table)
    for name, gate in report["gate"].items():
        low, high = gate["interval_95"]
        said = "; ".join(gate["reasons"]) or (
            f"{gate['measure']} changes by {gate['difference']:+.4f} ({low:+.4f} to {high:+.4f}), "
            f"p {gate['p_value']}"
        )
        console.print(f"{name}: {'promoted' if gate['passes'] else 'refused'}: {said}")


if __name__ == "__main__":
    main()
