"""`aisle evaluate dialogue`: conversations that judge the assistant."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
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
from bot.cli.shop import open_database
from bot.dialogue import DialogueError
from bot.evaluation.catalogue import Catalogue
from bot.evaluation.conversation_run import Outcome, run
from bot.evaluation.demo_mail import Mailbox
from bot.evaluation.demo_orders import DemoOrders
from bot.evaluation.demo_shop import demo_shop
from bot.evaluation.dialogue_test import DialogueTest, DialogueTestError, read_all
from bot.evaluation.sign_in import shop_token
from bot.evaluation.simulation import report, visits
from bot.evaluation.tracker import TrackerStore
from bot.settings import PROJECT_ROOT, Settings

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
    runs: Annotated[
        int, typer.Option(min=0, help="So many simulated customers, in place of the tests.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="Of the simulated customers.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Have conversations with the trained assistant, and judge each turn.

    It starts the assistant over a demo shop of its own, and stops it in the end.

    Example: aisle evaluate dialogue --only references
    Example: aisle evaluate dialogue --runs 500 --seed 1 --json
    """
    if runs:
        _simulate(runs, seed, here=here, json=json)
    else:
        _test(tests, only, here=here, json=json)


def _simulate(runs: int, seed: int, *, here: bool, json: bool) -> None:
    with running_shop(here) as settings, progress_bar() as progress:
        task = progress.add_task("Customers", total=runs)
        made = asyncio.run(
            visits(
                runs, seed, settings.rasa_url, _catalogue(settings), lambda: progress.advance(task)
            )
        )
    figures = report(made, seed)
    if json:
        print_json(figures)
    else:
        _print_figures(figures)


def _test(tests: Path, only: str, *, here: bool, json: bool) -> None:
    try:
        chosen = [test for test in read_all(tests) if only in test.name]
    except DialogueTestError as error:
        raise CommandError(str(error)) from error
    if not chosen:
        raise CommandError(f"No conversation test has {only!r} in its name.")
    with running_shop(here) as settings:
        outcomes = asyncio.run(_judge(chosen, settings, here=here))
    if json:
        print_json(_summary(outcomes))
    else:
        _print(outcomes)
    if not all(outcome.passed for outcome in outcomes):
        raise typer.Exit(1)


@contextmanager
def running_shop(here: bool) -> Iterator[Settings]:
    """The settings of a shop whose assistant runs: a demo shop's of its own, or the one here."""
    configured = Settings()
    try:
        if here:
            yield configured
            return
        with supervisor.interrupted_by_signals(), demo_shop(configured) as settings:
            set_up(settings)
            stderr.print("Starting the service and Rasa …")
            with supervisor.running(settings):
                yield settings
    except (ChatError, DialogueError, supervisor.ServeError) as error:
        raise CommandError(str(error)) from error


def _catalogue(settings: Settings) -> Catalogue:
    engine = open_database(settings)
    catalogue = Catalogue.read(engine)
    engine.dispose()
    return catalogue


def progress_bar() -> Progress:
    return Progress(console=stderr, disable=not stderr.is_terminal, transient=True)


async def _judge(tests: list[DialogueTest], settings: Settings, *, here: bool) -> list[Outcome]:
    engine = open_database(settings)
    catalogue, orders = Catalogue.read(engine), DemoOrders(engine)
    trackers = TrackerStore.of(settings)
    mailbox, sign_in = Mailbox(settings.data_dir), partial(shop_token, settings)
    outcomes = []
    with progress_bar() as progress:
        task = progress.add_task("Conversations", total=len(tests))
        for test in tests:
            outcomes.append(
                await run(test, settings.rasa_url, catalogue, trackers, mailbox, sign_in)
            )
            if not here:
                orders.put_back()
            progress.advance(task)
    engine.dispose()
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


def _print_figures(figures: dict[str, Any]) -> None:
    table = Table(
        *("customers", f"found within {figures['most_turns']} turns", "turns to success"),
        *("cards shown", "against what was said", "failures"),
        box=None,
        pad_edge=False,
    )
    for name, of in [*figures["personas"].items(), ("all", figures)]:
        table.add_row(
            name,
            f"{of['success']:.1%}",
            "" if of["turns_to_success"] is None else f"{of['turns_to_success']:.2f}",
            *(str(of[each]) for each in ("shown", "wrong_products", "failures")),
        )
    stdout.print(table)
