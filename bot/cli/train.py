"""`aisle train`: fine-tunes."""

import inspect
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticUndefined
from rich.progress import Progress

from bot import dialogue
from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.settings import Settings
from recommender.training.config import RerankerConfig

app = typer.Typer(help="Fine-tune the models.", no_args_is_help=True)


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


def train_reranker(*, json: bool, **options: Any) -> None:
    """Fine-tune the reranker: a LoRA adapter on MiniLM read as a cross-encoder.

    Learns from judged queries, from queries written from a catalogue's own texts, or from both.
    Serve what it wrote with AISLE_RERANKER=<output>.

    Example: aisle train reranker --output my-reranker --products products.csv --judgments
    judgments.tsv
    """
    # Here, because torch takes seconds to load and no other command needs it.
    from recommender.training.judgments import JudgmentError
    from recommender.training.reranker import TrainingError, TrainingProgress, train

    settings = Settings()
    if not options["database_url"] and options["products"] is None:
        options["database_url"] = settings.database_url
    try:
        config = RerankerConfig(**options)
    except ValidationError as error:
        raise typer.BadParameter(error.errors()[0]["msg"].removeprefix("Value error, ")) from error
    with Progress(console=stderr, disable=not stderr.is_terminal) as progress:
        task = progress.add_task("Training", total=None)

        def show(logged: TrainingProgress) -> None:
            doing = f"Training, loss {logged.loss:.3f}"
            progress.update(task, description=doing, completed=logged.step, total=logged.steps)
            if not stderr.is_terminal:
                stderr.print(f"step {logged.step} of {logged.steps}, loss {logged.loss:.3f}")

        try:
            report = train(config, on_log=show)
        except (TrainingError, JudgmentError) as error:
            raise CommandError(str(error)) from error
    if json:
        print_json(
            {
                "output": str(report.output),
                "lists": report.lists,
                "pairs": report.pairs,
                "seconds": round(report.seconds, 1),
                "blend": report.blend,
                "dev": report.dev,
            }
        )
        return
    stdout.print(
        f"{report.output}: trained on {report.lists:,} queries, {report.pairs:,} pairs, "
        f"in {report.seconds:.0f} s; blend {report.blend}"
    )
    for collection, measures in report.dev.items():
        values = ", ".join(f"{name} {value:.4f}" for name, value in measures.items())
        stdout.print(f"  {collection} (development queries): {values}")


def _options_of(config: type[BaseModel]) -> list[inspect.Parameter]:
    """A command-line option for each field of a configuration, with its help and default."""
    options = []
    for name, field in config.model_fields.items():
        required = field.default is PydanticUndefined
        annotation: Any = Annotated[field.annotation, typer.Option(help=field.description)]
        options.append(
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if required else field.default,
                annotation=annotation,
            )
        )
    return options


train_reranker.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
    [
        *_options_of(RerankerConfig),
        inspect.Parameter(
            "json",
            inspect.Parameter.KEYWORD_ONLY,
            default=False,
            annotation=Annotated[bool, typer.Option("--json", help="Report as one JSON object.")],
        ),
    ]
)
app.command("reranker")(train_reranker)
