"""`aisle models`: which trained models serve, and which may."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.settings import Settings
from recommender.export import SHIPPED_ADAPTER
from recommender.registry.registry import SHIPPED, Registry
from recommender.weights.trained import Kind, is_trained

app = typer.Typer(help="Put trained models into service, or take them out.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Products = Annotated[Path, typer.Option(help="A product feed, as `aisle import` reads it.")]
Queries = Annotated[Path, typer.Option(help="TSV: `query_id query`.")]
Qrels = Annotated[Path, typer.Option(help="TSV: `query_id product_id relevance`, from 1 to 3.")]
KindOf = Annotated[Kind, typer.Argument(help="reranker or retriever.")]


@app.command("list")
def list_models(json: AsJson = False) -> None:
    """The versions of each kind, and which is in service."""
    rows = [
        {
            "kind": kind.value,
            "version": number,
            "in_service": number == registry.current,
            "added": added,
            "promoted_for": reason,
        }
        for kind, registry in _registries().items()
        for number, added, reason in [
            (SHIPPED, "", "ships with Aisle"),
            *(
                (each.number, each.report.get("added", ""), _gain(each.report))
                for each in registry.versions()
            ),
        ]
    ]
    if json:
        print_json({"models": rows})
        return
    table = Table("kind", "version", "in service", "added", "", box=None, pad_edge=False)
    for row in rows:
        serves = "yes" if row["in_service"] else ""
        table.add_row(row["kind"], str(row["version"]), serves, row["added"], row["promoted_for"])
    stdout.print(table)


@app.command("show")
def show_model(kind: KindOf, version: Annotated[int, typer.Argument(help="Its number.")]) -> None:
    """What is known of one version: its settings and what the gate measured, as JSON."""
    found = Registry(Settings().data_dir, kind).version(version)
    print_json({"folder": str(found.folder), **found.report})


@app.command("promote")
def promote_model(
    folder: Annotated[Path, typer.Argument(help="A folder that `aisle train` wrote.")],
    products: Products,
    queries: Queries,
    qrels: Qrels,
    json: AsJson = False,
) -> None:
    """Put a reranker into service, if it is better than the one that serves.

    Both order the judged lists of the held-out queries, those of `aisle evaluate search --part
    test`. The new one must be better by a paired test, and nothing that is guarded may be worse:
    queries of any length or department, mistyped queries, speed, size. Otherwise the report says
    why, the exit status is 1, and what serves stays. A running assistant takes a promoted model
    within a second.

    Example: aisle models promote my-reranker --products p.csv --queries q.tsv --qrels r.tsv
    """
    # Here, because torch takes seconds to load.
    from recommender.evaluation.judged_queries import JudgedQueriesError
    from recommender.registry.trial import try_reranker
    from recommender.training.data.corpus import corpus_of_qrels

    settings = Settings()
    registry = Registry(settings.data_dir, Kind.RERANKER)
    try:
        with stderr.status("Measuring both on the held-out queries …"):
            corpus = corpus_of_qrels(products, queries, qrels)
            serving = registry.in_service() or SHIPPED_ADAPTER
            verdict = try_reranker(corpus, serving, folder, retriever=_retriever(settings))
    except JudgedQueriesError as error:
        raise CommandError(str(error)) from error
    report: dict[str, Any] = {"before": registry.current, "gate": verdict.to_json()}
    if verdict.passes:
        version = registry.add(folder, report)
        registry.promote(version.number)
        report["version"] = version.number
    if json:
        print_json(report)
    else:
        for guard in verdict.guards:
            stdout.print(f"{'kept ' if guard.kept else 'WORSE'}  {guard.said}")
    if not verdict.passes:
        raise CommandError("Not promoted: " + "; ".join(verdict.reasons) + ".")
    if settings.reranker:
        stderr.print("AISLE_RERANKER is set, and serves instead. Unset it to serve what is here.")
    if not json:
        stdout.print(f"Version {report['version']} is in service: {_gain(report)}.")


@app.command("audit")
def audit_model(
    folder: Annotated[Path, typer.Argument(help="A folder that `aisle train reranker` wrote.")],
    products: Products,
    queries: Queries,
    qrels: Qrels,
    json: AsJson = False,
) -> None:
    """What a reranker does to whom, on the held-out queries.

    Quality by length and department of the query, and under slips of the finger and synonyms; what
    share of the customers' eyes each brand and price band gets, beside the share of the relevance
    that it has; and the worst mistakes.

    Example: aisle models audit my-reranker --products p.csv --queries q.tsv --qrels r.tsv
    """
    from recommender.evaluation.judged_queries import JudgedQueriesError
    from recommender.registry.trial import audit_reranker
    from recommender.training.data.corpus import corpus_of_qrels

    try:
        with stderr.status("Measuring on the held-out queries …"):
            corpus = corpus_of_qrels(products, queries, qrels)
            report = audit_reranker(corpus, folder, retriever=_retriever(Settings()))
    except JudgedQueriesError as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(report.to_json())
        return
    table = Table("queries", "NDCG@10", "95 %", box=None, pad_edge=False)
    for name, (value, low, high) in report.quality.items():
        table.add_row(name, f"{value:.4f}", f"{low:.4f} to {high:.4f}")
    stdout.print(table)
    for kind, groups in report.exposure.items():
        if not groups:
            continue
        table = Table(kind, "products", "exposure", "merit", "ratio", box=None, pad_edge=False)
        for name, group in groups.items():
            shares = (f"{group.exposure:.1%}", f"{group.merit:.1%}", f"{group.ratio:.2f}")
            table.add_row(name, f"{group.products:,}", *shares)
        stdout.print(table)
    for each in report.mistakes:
        stdout.print(f"{each.ndcg:.2f}  {each.query}", markup=False)
        stdout.print(f"      shown first  {each.shown}", markup=False)
        stdout.print(f"      best judged  {each.better}", markup=False)


@app.command("rollback")
def roll_back(kind: KindOf) -> None:
    """Put the version into service again that was before the present one."""
    number = Registry(Settings().data_dir, kind).roll_back()
    stdout.print(f"Version {number} is in service." if number else "What ships is in service.")


def _retriever(settings: Settings) -> Path | None:
    """The trained retriever that serves, beside which a reranker is measured; None is MiniLM."""
    named = Path(settings.embedding_model)
    return named if settings.embedding_model and is_trained(named) else None


def _registries() -> dict[Kind, Registry]:
    data_dir = Settings().data_dir
    return {kind: Registry(data_dir, kind) for kind in Kind}


def _gain(report: Mapping[str, Any]) -> str:
    gate = report.get("gate")
    if not isinstance(gate, dict):
        return ""
    low, high = gate["interval_95"]
    return f"{gate['measure']} {gate['difference']:+.4f} ({low:+.4f} to {high:+.4f})"
