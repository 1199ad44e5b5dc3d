"""`aisle evaluate`: measures."""

import tempfile
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import Engine

from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.cli.evaluate_dialogue import evaluate_dialogue
from bot.cli.evaluate_help import evaluate_help
from bot.cli.evaluate_nlu import evaluate_nlu
from bot.cli.evaluate_requests import evaluate_requests
from bot.cli.mood import evaluate_mood
from bot.cli.shop import prepare_models
from bot.search_engine import open_search
from bot.settings import Settings
from recommender.evaluation.catalogue import catalogue_of
from recommender.evaluation.judged_queries import (
    FEWEST_JUDGED,
    HIGHEST_GRADE,
    LOWEST_GRADE,
    RELEVANT_FROM,
    JudgedQueriesError,
    QueryPart,
    read_judged_queries,
)
from recommender.evaluation.measures import NDCG, RECALL, mean
from recommender.evaluation.plot import PlotError, check_plot, plot
from recommender.evaluation.rare_words import RARE_BELOW, rare_word_queries
from recommender.evaluation.search_report import MEASURES, SearchReport
from recommender.evaluation.search_stages import stages_of
from recommender.evaluation.significance import Difference, Interval
from recommender.evaluation.stage import run_stages
from recommender.search import SearchEngine

app = typer.Typer(help="Measure.", no_args_is_help=True)
app.command("nlu")(evaluate_nlu)
app.command("dialogue")(evaluate_dialogue)
app.command("help")(evaluate_help)
app.command("mood")(evaluate_mood)
app.command("requests")(evaluate_requests)


@app.command("search")
def evaluate_search(
    products: Annotated[Path, typer.Option(help="A product feed, as `aisle import` reads it.")],
    queries: Annotated[Path, typer.Option(help="TSV: `query_id query`.")],
    qrels: Annotated[Path, typer.Option(help="TSV: `query_id product_id relevance`, from 1 to 3.")],
    judged_only: Annotated[
        bool,
        typer.Option(
            "--judged-only",
            help=f"Order only each query's judged products, of queries with {FEWEST_JUDGED} or "
            "more.",
        ),
    ] = False,
    relevant_from: Annotated[
        float,
        typer.Option(
            min=LOWEST_GRADE + 0.01,  # or else whatever was judged would be relevant
            max=HIGHEST_GRADE,
            help="The relevance from which a product counts as relevant in recall and MRR.",
        ),
    ] = RELEVANT_FROM,
    part: Annotated[
        QueryPart,
        typer.Option(help="`dev` to choose by, `test`, a held-out fifth, to report; or `all`."),
    ] = QueryPart.ALL,
    sample: Annotated[
        int, typer.Option(min=0, help="Ask only so many queries, always the same; 0 for all.")
    ] = 0,
    plot_file: Annotated[
        Path | None, typer.Option("--plot", help="Also draw the stages: a .png or .svg file.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure what each stage of the search finds, and how fast, on judged queries.

    The products go into a shop of their own, which is thrown away afterwards; nothing of the
    configured shop is touched, only its models are used. NDCG's gain is 2^(relevance - 1) - 1.

    Example: aisle evaluate search --products p.tsv --queries q.tsv --qrels r.tsv --part test
    """
    try:
        if plot_file is not None:
            check_plot(plot_file)
        with tempfile.TemporaryDirectory(prefix="aisle-evaluate-") as folder:
            report = _measure(
                Path(folder),
                (products, queries, qrels),
                judged_only=judged_only,
                relevant_from=relevant_from,
                part=part,
                sample=sample,
            )
    except (JudgedQueriesError, PlotError) as error:
        raise CommandError(str(error)) from error
    if plot_file is not None:
        lists = "judged lists" if judged_only else "whole catalogue"
        plot(report, f"{products.name}: {report.queries:,} queries ({part}), {lists}", plot_file)
    if json:
        print_json(
            {
                **report.to_json(),
                "part": part.value,
                "judged_only": judged_only,
                "relevant_from": relevant_from,
            }
        )
    else:
        _print(report)


def _measure(
    folder: Path,
    files: tuple[Path, Path, Path],
    *,
    judged_only: bool,
    relevant_from: float,
    part: QueryPart,
    sample: int,
) -> SearchReport:
    products, queries, qrels = files
    with Progress(console=stderr, disable=not stderr.is_terminal, transient=True) as progress:
        importing = progress.add_task(f"Importing {products.name}", total=None)

        def imported(rows: int, read: int, total: int) -> None:
            progress.update(importing, completed=read, total=total or None)

        with catalogue_of(products, folder, imported) as catalogue:
            # Before the products are embedded, so that a mistake in a file is known at once.
            asked = read_judged_queries(queries, qrels, catalogue.product_of).of(part)
            if judged_only:
                asked = asked.with_judged(FEWEST_JUDGED)
            if not asked:
                raise JudgedQueriesError(
                    f"No query of {queries}, part {part}, has {FEWEST_JUDGED if judged_only else 1}"
                    " judged products or more. Take --part all, or judge more of them."
                )
            if sample:
                asked = asked.sample(sample)
            if catalogue.imported.rejected:
                stderr.print(
                    f"{catalogue.imported.rejected:,} of {catalogue.imported.read:,} products are "
                    "left out; `aisle import` says why."
                )
            with closing(_open_search(catalogue.engine, folder)) as search:
                indexing = progress.add_task("Indexing", total=None)
                search.refresh(
                    lambda done, total: progress.update(indexing, completed=done, total=total)
                )
                search.maintain()  # or it would go on beside the searches that are timed
                searching = progress.add_task("Searching", total=len(asked))
                runs = run_stages(
                    stages_of(search, catalogue.engine),
                    asked,
                    catalogue.product_ids,
                    judged_only=judged_only,
                    on_query=lambda: progress.advance(searching),
                )
            rare = rare_word_queries(asked, catalogue.titles.values())
    return SearchReport.of(runs, asked, relevant_from=relevant_from, rare=rare)


def _open_search(engine: Engine, folder: Path) -> SearchEngine:
    """The search with the shop's models, and with its indexes in `folder`."""
    settings = Settings()
    prepare_models(settings)
    for shared in ("models", "registry"):
        (folder / shared).symlink_to(settings.data_dir / shared, target_is_directory=True)
    return open_search(settings.model_copy(update={"data_dir": folder, "milvus_uri": ""}), engine)


def _print(report: SearchReport) -> None:
    stdout.print(
        f"{report.queries:,} queries, {report.with_relevant:,} with a relevant product. "
        "In brackets: 95 % intervals."
    )
    stages = Table("stage", *MEASURES, "p50 ms", "p95 ms", box=None, pad_edge=False)
    for stage, measured in report.stages.items():
        stages.add_row(
            stage,
            *(_cell("", measured.mean(name), measured.interval(name)) for name in MEASURES),
            *(f"{measured.percentile_ms(percent):.1f}" for percent in (50, 95)),
        )
    stdout.print(stages)
    changes = {name: report.differences(name) for name in MEASURES}
    table = Table("change", *MEASURES, box=None, pad_edge=False)
    for before, after in changes[NDCG]:
        cells = []
        for name in MEASURES:
            change = changes[name].get((before, after))
            if change is None:  # too few queries with a relevant product
                cells.append("")
            else:
                cells.append(f"{_cell('+', change.mean, change)} p {change.p_value:.4f}")
        table.add_row(f"{before} to {after}", *cells)
    if table.row_count:
        stdout.print(table)
    asked = len(next(iter(report.rare.values())))
    if asked:
        stdout.print(
            f"{RECALL} of the {asked:,} queries with a word that fewer than {RARE_BELOW} titles "
            "have: "
            + ", ".join(f"{stage} {mean(values):.4f}" for stage, values in report.rare.items())
        )


def _cell(sign: str, mean: float, interval: Interval | Difference) -> str:
    return f"{mean:{sign}.4f} ({interval.low:{sign}.4f} to {interval.high:{sign}.4f})"
