"""`aisle evaluate requests`: whether what fills a shop's inbox ends in the right flow."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import func, select

from bot.cli.console import CommandError, print_json, stdout
from bot.cli.evaluate_dialogue import progress_bar, running_shop
from bot.cli.shop import open_database
from bot.evaluation.requests import Ended, RequestsError, ask, read_flows, read_requests
from bot.evaluation.tracker import TrackerStore
from bot.settings import PROJECT_ROOT, Settings
from catalog.models import OrderRequest

REQUESTS = PROJECT_ROOT / "tests" / "requests"


def evaluate_requests(
    requests: Annotated[
        Path, typer.Option(help="YAML: kinds of request, each with what customers write.")
    ] = REQUESTS / "test.yml",
    flows: Annotated[
        Path, typer.Option(help="YAML: the acts and help pages that are right for each kind.")
    ] = REQUESTS / "flows.yml",
    mistakes: Annotated[
        bool, typer.Option("--mistakes", help="Also print every request that went elsewhere.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure how many requests for support end in the right flow, asked by nobody known.

    It starts the assistant over a demo shop of its own, and counts what was done to orders, which
    must be nothing.

    Example: aisle evaluate requests --mistakes
    """
    try:
        known = read_flows(flows)
        asked = read_requests(requests, known)
    except RequestsError as error:
        raise CommandError(str(error)) from error
    with running_shop(here=False) as settings, progress_bar() as progress:
        task = progress.add_task("Requests", total=len(asked))
        trackers = TrackerStore.of(settings)
        ended = asyncio.run(
            ask(asked, known, settings.rasa_url, trackers, lambda: progress.advance(task))
        )
        acts = _acts_on_orders(settings)
    wrong = [each for each in ended if not each.is_right]
    if json:
        right = len(ended) - len(wrong)
        print_json(
            {
                "requests": len(ended),
                "right_flow": round(right / len(ended), 4) if ended else None,
                "acts_on_orders": acts,
                "wrong": [each.to_json() for each in wrong],
            }
        )
        return
    stdout.print(_table(ended))
    stdout.print(f"Done to orders of people who were not verified: {acts}.")
    for each in wrong if mistakes else ():
        went = ", ".join((*each.acts, *each.pages)) or "nowhere"
        stdout.print(f"{each.request.kind} went to {went}: {each.request.text}", markup=False)


def _acts_on_orders(settings: Settings) -> int:
    engine = open_database(settings)
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(OrderRequest))
    engine.dispose()
    return count or 0


def _table(ended: list[Ended]) -> Table:
    table = Table("kind", "requests", "right flow", box=None, pad_edge=False)
    of, right = Counter[str](), Counter[str]()
    for each in ended:
        of[each.request.kind] += 1
        right[each.request.kind] += each.is_right
    for kind, count in of.items():
        table.add_row(kind, str(count), f"{right[kind] / count:.0%}")
    if ended:
        table.add_row("all", str(of.total()), f"{right.total() / of.total():.1%}")
    return table
