"""`aisle evaluate nlu`: how well intents are told apart."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.cli.shop import prepare_models
from bot.dialogue import DialogueError
from bot.evaluation.intents import OUT_OF_SCOPE, IntentDataError, measure
from bot.settings import Settings


def evaluate_nlu(
    train: Annotated[Path, typer.Option(help="CSV: `sentence,label`, to learn from.")],
    test: Annotated[
        Path, typer.Option(help=f"CSV: `sentence,label`; {OUT_OF_SCOPE} means out of scope.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Train the pipeline of config.yml on labelled sentences and measure it on others.

    The threshold comes from the training sentences alone. The shop's own dialogue model is not
    touched.

    Example: aisle evaluate nlu --train train.csv --test test.csv
    """
    settings = Settings()
    prepare_models(settings)
    try:
        with stderr.status("Training and asking, some minutes"):
            found = measure(settings, train, test)
    except (IntentDataError, DialogueError) as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(found.to_json())
        return
    recall = "" if found.oos_recall is None else f", out-of-scope recall {found.oos_recall:.4f}"
    stdout.print(
        f"{found.sentences:,} sentences at the threshold {found.threshold:.4f}: accuracy "
        f"{found.accuracy:.4f}, in scope {found.in_scope_accuracy:.4f}{recall}, MCC {found.mcc:.4f}"
    )
    best = found.best_threshold
    stdout.print(
        f"At the best threshold, {best['threshold']:.4f}: MCC {best['mcc']:.4f}, accuracy "
        f"{best['accuracy']:.4f}"
    )
