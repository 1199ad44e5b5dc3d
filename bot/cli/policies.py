"""`aisle policies`: the shop's help pages."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import stdout
from bot.cli.shop import open_database
from bot.settings import Settings
from catalog.database import sessions
from catalog.policies import load_policies


def policies(
    folder: Annotated[
        Path,
        typer.Argument(help="Markdown files, each beginning with a `# Title`.", file_okay=False),
    ],
) -> None:
    """Add or change the shop's policies: what the assistant answers questions on returns from.

    `returns.md` becomes the page /policies/returns. A running assistant answers from the new text
    at once. Policies without a file stay as they are.
    """
    engine = open_database(Settings())
    with sessions(engine).begin() as session:
        loaded = load_policies(session, folder)
        titles = ", ".join(policy.title for policy in loaded)
    stdout.print(f"Loaded: {titles}", markup=False)
