"""`aisle train`: fine-tunes."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer
from rich.progress import Progress

from bot import dialogue
from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.cli.mood import train_mood
from bot.cli.options import configured, with_options_of
from bot.settings import Settings
from recommender.training.config import RerankerConfig, RetrieverConfig, TrainingConfig

Config = TypeVar("Config", bound=TrainingConfig)

Trials = Annotated[
    int,
    typer.Option(
        min=0,
        help="Train so often with other settings around these, take what serves the development "
        "queries best, and go on from the trials that the output folder knows.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Report as one JSON object.")]

app = typer.Typer(help="Fine-tune the models.", no_args_is_help=True)


app.command("mood")(train_mood)


@app.command("dialogue")
def train_dialogue(
    force: Annotated[bool, typer.Option("--force", help="Train even if nothing changed.")] = False,
) -> None:
    """Train the dialogue model from config.yml, domain.yml and bot/data, if they changed."""
    try:
        trained = dialogue.train(Settings(), force=force)
    except dialogue.DialogueError as error:
        raise CommandError(str(error)) from error
    stderr.print("Trained." if trained else "Nothing changed; the trained model stands.")


@app.command("reranker")
@with_options_of(RerankerConfig)
def train_reranker(*, trials: Trials = 0, json: AsJson = False, **options: Any) -> None:
    """Fine-tune the reranker, a cross-encoder: it reads query and product together.

    Learns from judged queries, from queries written from a catalogue's own texts, or from both;
    without either from the configured shop's. Serve what it wrote with AISLE_RERANKER=<out>.

    Example: aisle train reranker --products products.csv --queries queries.tsv --qrels qrels.tsv
    --method lora --out my-reranker
    """
    # Here, because torch takes seconds to load and no other command needs it.
    from recommender.training.reranker import train

    settings = Settings()
    if not options["database_url"] and options["products"] is None:
        options["database_url"] = settings.database_url
    if trials:
        _tuned(RerankerConfig, train, options, trials, json=json)
        return
    report = _trained(RerankerConfig, train, options)
    if json:
        print_json({**_in_common(report), "lists": report.lists, "blend": report.blend})
        return
    stdout.print(
        f"{report.out}: {report.learnt:,} weights learnt from {report.lists:,} queries, "
        f"{report.pairs:,} pairs, in {report.seconds:.0f} s; blend {report.blend}"
    )
    for collection, measures in report.dev.items():
        values = ", ".join(f"{name} {value:.4f}" for name, value in measures.items())
        stdout.print(f"  {collection} (development queries): {values}")


@app.command("retriever")
@with_options_of(RetrieverConfig)
def train_retriever(*, trials: Trials = 0, json: AsJson = False, **options: Any) -> None:
    """Fine-tune the retriever, a bi-encoder: it embeds queries and products for the index.

    Learns from judged answers. Serve what it wrote with AISLE_EMBEDDING_MODEL=<out>; the index is
    then made anew.

    Example: aisle train retriever --products products.csv --queries queries.tsv --qrels qrels.tsv
    --method full --out my-retriever
    """
    from recommender.training.retriever import train

    if trials:
        _tuned(RetrieverConfig, train, options, trials, json=json)
        return
    report = _trained(RetrieverConfig, train, options)
    if json:
        print_json(_in_common(report))
        return
    values = ", ".join(f"{name} {value:.4f}" for name, value in report.dev.items())
    stdout.print(
        f"{report.out}: {report.learnt:,} weights learnt from {report.pairs:,} answers in "
        f"{report.seconds:.0f} s\n  development queries: {values}"
    )


def _tuned(
    config_type: type[Config],
    train: Callable[..., Any],
    options: dict[str, Any],
    trials: int,
    *,
    json: bool,
) -> None:
    """Looks for better settings, and leaves the best model in the output folder."""
    from recommender.training.tuning import Trial, Tuner

    def quality(config: Config) -> float:
        return float(_trained(config_type, train, config.model_dump()).quality)

    def tell(trial: Trial) -> None:
        settings = ", ".join(f"{name} {_short(value)}" for name, value in trial.settings.items())
        stderr.print(f"trial {trial.number}: {trial.value:.4f} ({settings})")

    best = Tuner(configured(config_type, options), quality, tell).search(trials)
    if json:
        print_json({"trial": best.number, "quality": best.value, "settings": best.settings})
        return
    settings = ", ".join(f"{name} {_short(value)}" for name, value in best.settings.items())
    stdout.print(f"The best of all trials, {best.number}: {best.value:.4f}, with {settings}")


def _short(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _trained(config_type: type[Config], train: Callable[..., Any], options: dict[str, Any]) -> Any:
    """The report of a training with a progress bar.

    Raises:
        CommandError: the training failed for a reason that the user can mend.
    """
    from recommender.evaluation.judged_queries import JudgedQueriesError
    from recommender.training.data.judgments import JudgmentError
    from recommender.training.errors import TrainingError
    from recommender.training.fitting import TrainingProgress

    config = configured(config_type, options)
    with Progress(console=stderr, disable=not stderr.is_terminal) as progress:
        task = progress.add_task("Training", total=None)

        def show(logged: TrainingProgress) -> None:
            doing = f"Training, loss {logged.loss:.3f}"
            progress.update(task, description=doing, completed=logged.step, total=logged.steps)
            if not stderr.is_terminal:
                stderr.print(f"step {logged.step} of {logged.steps}, loss {logged.loss:.3f}")

        try:
            return train(config, show)
        except (TrainingError, JudgmentError, JudgedQueriesError) as error:
            raise CommandError(str(error)) from error


def _in_common(report: Any) -> dict[str, Any]:
    """What both reports say."""
    return {
        "out": str(report.out),
        "pairs": report.pairs,
        "seconds": round(report.seconds, 1),
        "learnt": report.learnt,
        "dev": report.dev,
    }
