"""`aisle satisfaction`: what customers thought of the help they got."""

from typing import Annotated

import typer
from rich.table import Table

from bot.cli.console import print_json, stdout
from bot.cli.shop import open_database
from bot.desk.satisfaction import summaries
from bot.settings import Settings
from catalog.database import sessions


def satisfaction(
    json: Annotated[bool, typer.Option("--json", help="Report as one JSON object.")] = False,
) -> None:
    """Sum up the scores after support, by who helped and by topic. Satisfied is 4 or 5 of 5.

    Example: aisle satisfaction --json
    """
    with sessions(open_database(Settings()))() as session:
        found = summaries(session)
    if json:
        print_json({name: each.to_json() for name, each in found.items()})
        return
    if not found:
        stdout.print("Nobody has given a score yet.")
        return
    table = Table("help", "answers", "average", "satisfied", box=None, pad_edge=False)
    for name, each in found.items():
        table.add_row(name, str(each.answers), f"{each.average:.2f}", f"{each.satisfied:.0%}")
    stdout.print(table)
