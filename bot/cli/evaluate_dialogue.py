"""`aisle evaluate dialogue`: conversations that judge the assistant."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from typing import Annotated, Any

import typer
from rich.progress import Progress
from rich.table import Table

from bot import supervisor
from bot.chat_client import ChatError
from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.cli.setup import set_up
from bot.dialogue import DialogueError
from bot.evaluation.catalogue import Catalogue
from bot.evaluation.conversation_run import Outcome, run
from bot.evaluation.demo_shop import demo_shop
from bot.evaluation.dialogue_test import DialogueTest, DialogueTestError, read_all
from bot.evaluation.tracker import TrackerStore
from bot.settings import PROJECT_ROOT, Settings
from catalog.database import connect

TESTS = PROJECT_ROOT / "tests" / "dialogues"


def evaluate_dialogue(
    tests: Annotated[
        Path, typer.Option(help="A folder of conversation tests, see docs/evaluation.md.")
    ] = TESTS,
    only: Annotated[
        str, typer.Option(help="Only tests whose name has this: references, second_one …")
    ] = "",
    here: Annotated[
        bool,
        typer.Option(
            "--here", help="Talk to the configured shop's running assistant, not a demo shop's."
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Have conversations with the trained assistant, and judge each turn.

    It starts the assistant over a demo shop of its own, and stops it in the end.

    Example: aisle evaluate dialogue --only references
    """
    try:
        chosen = [test for test in read_all(tests) if only in test.name]
        if not chosen:
            raise CommandError(f"No conversation test has {only!r} in its name.")
        with _shop(here) as settings:
            outcomes = asyncio.run(_judge(chosen, settings))
    except (ChatError, DialogueError, DialogueTestError, supervisor.ServeError) as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(_summary(outcomes))
    else:
        _print(outcomes)
    if not all(outcome.passed for outcome in outcomes):
        raise typer.Exit(1)


@contextmanager
def _shop(here: bool) -> Iterator[Settings]:
    """The settings of a shop whose assistant runs."""
    configured = Settings()
    if here:
        yield configured
        return
    with supervisor.interrupted_by_signals(), demo_shop(configured) as settings:
        set_up(settings)
        stderr.print("Starting the service and Rasa …")
        with supervisor.running(settings):
            yield settings


async def _judge(tests: list[DialogueTest], settings: Settings) -> list[Outcome]:
    engine = connect(settings.database_url)
    catalogue, trackers = Catalogue.read(engine), TrackerStore.of(settings)
    engine.dispose()
    outcomes = []
    with Progress(console=stderr, disable=not stderr.is_terminal, transient=True) as progress:
        task = progress.add_task("Conversations", total=len(tests))
        for test in tests:
            outcomes.append(await run(test, settings.rasa_url, catalogue, trackers))
            progress.advance(task)
    return outcomes


def _summary(outcomes: list[Outcome]) -> dict[str, Any]:
    times = [turn.took_ms for outcome in outcomes for turn in outcome.turns]
    return {
        "tests": len(outcomes),
        "passed": sum(outcome.passed for outcome in outcomes),
        "turns": len(times),
        "turns_per_test": round(mean(len(outcome.turns) for outcome in outcomes), 2),
        "p50_ms": round(median(times), 1),
        "failed": [
            {"name": outcome.name, "turns": [turn.to_json() for turn in outcome.turns]}
            for outcome in outcomes
            if not outcome.passed
        ],
    }


def _print(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        for problem in outcome.problems:
            stdout.print(f"{outcome.name}: {problem}", markup=False)
    table = Table("folder", "tests", "passed", "turns a test", box=None, pad_edge=False)
    folders = sorted({outcome.name.rpartition("/")[0] for outcome in outcomes})
    for folder in [*folders, ""] if len(folders) > 1 else folders:
        inside = [each for each in outcomes if each.name.startswith(folder)]
        table.add_row(
            folder or "all",
            str(len(inside)),
            str(sum(each.passed for each in inside)),
            f"{mean(len(each.turns) for each in inside):.1f}",
        )
    stdout.print(table)
