"""`aisle train mood` and `aisle evaluate mood`: whether a customer is upset."""

from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.desk.mood import ENGLISH, WEIGHTS, MoodError, learn, open_mood, read_examples
from bot.evaluation.mood import measure_mood
from bot.settings import Settings
from recommender.serving.models import open_minilm


def train_mood(
    examples: Annotated[Path, typer.Option(help="TSV: `upset` or `calm`, and a message.")] = ENGLISH
    / "mood_train.tsv",
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = WEIGHTS,
) -> None:
    """Learn to tell upset customers from calm ones, on MiniLM's sentence embeddings.

    Example: aisle train mood
    """
    try:
        mood = learn(read_examples(examples), open_minilm(Settings().data_dir))
    except MoodError as error:
        raise CommandError(str(error)) from error
    out.write_text(dumps(mood.to_json()) + "\n")
    stderr.print(f"Wrote {out}, threshold {mood.threshold:.3f}.")


def evaluate_mood(
    examples: Annotated[Path, typer.Option(help="TSV: `upset` or `calm`, and a message.")] = ENGLISH
    / "mood_test.tsv",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure how well upset customers are told from calm ones, on messages never learnt from.

    Example: aisle evaluate mood --json
    """
    try:
        encoder = open_minilm(Settings().data_dir)
        report = measure_mood(open_mood(encoder), encoder, read_examples(examples))
    except MoodError as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(report.to_json())
        return
    stdout.print(
        f"{report.messages} messages, {report.upset} upset: precision {report.precision:.3f}, "
        f"recall {report.recall:.3f}, accuracy {report.accuracy:.3f}, at {report.threshold:.3f}."
    )
    for each in report.mistakes:
        stdout.print(f"{'missed' if each.is_upset else 'wrongly called'}: {each.text}")
