"""`aisle models`: which trained models serve, and which may."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.cli.options import configured, with_options_of
from bot.settings import Settings
from recommender.registry import pairing
from recommender.registry.gate import Verdict
from recommender.registry.registry import SHIPPED, Registry
from recommender.serving.models import retriever_in_service
from recommender.training.choices import BlendRule
from recommender.training.data.corpus import Corpus
from recommender.training.judged_data import JudgedData
from recommender.weights.trained import Kind, is_trained, settings_of

app = typer.Typer(help="Put trained models into service, or take them out.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
KindOf = Annotated[Kind, typer.Argument(help="reranker or retriever.")]


@app.command("list")
def list_models(json: AsJson = False) -> None:
    """The versions of each kind, and which is in service.

    Warns where the reranker that serves was made for another retriever than the one that serves.
    """
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
    warning = _warning(Settings())
    if json:
        print_json({"models": rows, "warnings": [warning] if warning else []})
        return
    table = Table("kind", "version", "in service", "added", "", box=None, pad_edge=False)
    for row in rows:
        serves = "yes" if row["in_service"] else ""
        table.add_row(row["kind"], str(row["version"]), serves, row["added"], row["promoted_for"])
    stdout.print(table)
    if warning:
        stdout.print(f"Note: {warning}")


@app.command("show")
def show_model(kind: KindOf, version: Annotated[int, typer.Argument(help="Its number.")]) -> None:
    """What is known of one version: its settings and what the gate measured, as JSON."""
    found = Registry(Settings().data_dir, kind).version(version)
    print_json({"folder": str(found.folder), **found.report})


@app.command("promote")
@with_options_of(JudgedData)
def promote_model(
    folder: Annotated[Path, typer.Argument(help="A folder that `aisle train` wrote.")],
    *,
    json: AsJson = False,
    **options: Any,
) -> None:
    """Put a trained model into service, if it is better than the one that serves.

    Both answer the held-out queries, those of `aisle evaluate search --part test`: rerankers order
    the judged lists, retrievers find products in the whole catalogue, reranked as customers see
    them. The new one must be better by a paired test, and nothing that is guarded may be worse:
    queries of any length or department, mistyped queries, speed, size. Otherwise the report says
    why, the exit status is 1, and what serves stays. A running assistant takes a promoted reranker
    within a second, and a retriever when it has embedded the catalogue with it, beside serving.

    Example: aisle models promote my-reranker --products p.csv --queries q.tsv --qrels r.tsv
    or: aisle models promote my-reranker --products p.csv --behaviour log.tsv
    """
    settings = Settings()
    kind = Kind(settings_of(folder)["kind"])
    registry = Registry(settings.data_dir, kind)
    with stderr.status("Measuring both on the held-out queries …"):
        verdict = _tried(kind, folder, options, settings)
    report: dict[str, Any] = {"before": registry.current, "gate": verdict.to_json()}
    if verdict.passes:
        version = registry.add(folder, report)
        registry.promote(version.number)
        report["version"] = version.number
    if json:
        print_json({**report, "warnings": [warning] if (warning := _warning(settings)) else []})
    else:
        for guard in verdict.guards:
            stdout.print(f"{'kept ' if guard.kept else 'WORSE'}  {guard.said}")
    if not verdict.passes:
        raise CommandError("Not promoted: " + "; ".join(verdict.reasons) + ".")
    if variable := _overriding(kind, settings):
        stderr.print(f"{variable} is set, and serves instead. Unset it to serve what is here.")
    if not json:
        stdout.print(f"Version {report['version']} is in service: {_gain(report)}.")
        if warning := _warning(settings):
            stdout.print(f"Note: {warning}")


@app.command("weigh")
@with_options_of(JudgedData)
def weigh_model(
    folder: Annotated[Path, typer.Argument(help="A folder that `aisle train reranker` wrote.")],
    *,
    retriever: Annotated[
        Path | None,
        typer.Option(
            help="A folder of `aisle train retriever`, or a sentence-transformers folder or hub "
            "name; by default the one that serves."
        ),
    ] = None,
    rule: Annotated[
        BlendRule,
        typer.Option(help="The smallest within one standard error of the best, or the best."),
    ] = BlendRule.SMALLEST,
    json: AsJson = False,
    **options: Any,
) -> None:
    """Choose the weight of a reranker's score anew, beside another retriever.

    The development queries choose it, as at the end of a training, and it is written into the
    folder: a minute in the place of a training.

    Example: aisle models weigh my-reranker --retriever my-retriever --products p.csv
    --queries q.tsv --qrels r.tsv
    """
    from recommender.training.weighing import weigh

    settings = Settings()
    beside = retriever or _retriever(settings)
    with stderr.status("Measuring on the development queries …"):
        _, corpus = _judged(options)
        weight, measures = weigh(folder, corpus, beside, rule, device=settings.device)
    if json:
        print_json({"blend": weight, "development": measures})
        return
    values = ", ".join(f"{name} {value:.4f}" for name, value in measures.items())
    stdout.print(f"{folder}: blend {weight}; development queries: {values}")


@app.command("audit")
@with_options_of(JudgedData)
def audit_model(
    folder: Annotated[Path, typer.Argument(help="A folder that `aisle train reranker` wrote.")],
    *,
    json: AsJson = False,
    **options: Any,
) -> None:
    """What a reranker does to whom, on the held-out queries.

    Quality by length and department of the query, and under slips of the finger and synonyms; what
    share of the customers' eyes each brand and price band gets, beside the share of the relevance
    that it has; and the worst mistakes.

    Example: aisle models audit my-reranker --products p.csv --queries q.tsv --qrels r.tsv
    """
    from recommender.registry.trial import audit_reranker

    with stderr.status("Measuring on the held-out queries …"):
        _, corpus = _judged(options)
        settings = Settings()
        retriever, device = _retriever(settings), settings.device
        report = audit_reranker(corpus, folder, retriever=retriever, device=device)
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


def _judged(options: dict[str, Any]) -> tuple[Path, Corpus]:
    """The file of the products, and what is judged of them.

    Raises:
        BadParameter: the options name no judgments, or contradict each other.
        CommandError: a file can't be read.
    """
    from recommender.evaluation.judged_queries import JudgedQueriesError
    from recommender.training.data.judgments import JudgmentError
    from recommender.training.data.sources import judged_corpus
    from recommender.training.errors import TrainingError

    data = configured(JudgedData, options)
    try:
        corpus = judged_corpus(data)
    except (TrainingError, JudgmentError, JudgedQueriesError) as error:
        raise CommandError(str(error)) from error
    if corpus is None or data.products is None:
        raise typer.BadParameter("give products, and either queries and qrels, or behaviour")
    return data.products, corpus


def _tried(kind: Kind, folder: Path, options: dict[str, Any], settings: Settings) -> Verdict:
    """What the gate says of a model, beside what serves of the other kind."""
    # Here, because torch takes seconds to load.
    from recommender.registry.retriever_trial import try_retriever
    from recommender.registry.trial import try_reranker
    from recommender.serving.export import prepare_reranker
    from recommender.serving.models import open_reranker

    products, corpus = _judged(options)
    serving = Registry(settings.data_dir, kind).in_service()
    if kind is Kind.RETRIEVER:
        prepare_reranker(settings.data_dir, settings.reranker)
        reranker = open_reranker(settings.data_dir, settings.reranker, settings.device)
        return try_retriever(products, corpus, serving, folder, reranker=reranker)
    retriever, device = _retriever(settings), settings.device
    return try_reranker(corpus, serving, folder, retriever=retriever, device=device)


def _retriever(settings: Settings) -> Path:
    """The retriever that serves, beside which a reranker is measured, by folder or hub name."""
    return Path(retriever_in_service(settings.data_dir, settings.embedding_model))


def _warning(settings: Settings) -> str:
    """What to know of the two that serve; empty where there is nothing."""
    if settings.reranker and not is_trained(Path(settings.reranker)):
        return ""  # a whole cross-encoder orders alone, beside whatever retriever
    promoted = Registry(settings.data_dir, Kind.RERANKER).in_service()
    reranker = Path(settings.reranker) if settings.reranker else promoted
    return pairing.warning(reranker, _retriever(settings))


def _overriding(kind: Kind, settings: Settings) -> str:
    """The variable that serves another model of this kind than the registry's, if one does."""
    if kind is Kind.RETRIEVER:
        return "AISLE_EMBEDDING_MODEL" if settings.embedding_model else ""
    return "AISLE_RERANKER" if settings.reranker else ""


def _registries() -> dict[Kind, Registry]:
    data_dir = Settings().data_dir
    return {kind: Registry(data_dir, kind) for kind in Kind}


def _gain(report: Mapping[str, Any]) -> str:
    gate = report.get("gate")
    if not isinstance(gate, dict):
        return ""
    low, high = gate["interval_95"]
    return f"{gate['measure']} {gate['difference']:+.4f} ({low:+.4f} to {high:+.4f})"
