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
    path: Annotated[
        Path,
        typer.Argument(
            help="A folder, or one file: Markdown or HTML pages, each with a title; or CSV with "
            "the columns question and answer, and if you like category and url.",
            exists=True,
        ),
    ],
) -> None:
    """Add or change the shop's help pages: what the assistant answers questions on returns from.

    `returns.md` becomes the page /policies/returns. A running assistant answers from the new text
    at once. Pages without a file stay as they are.

    Example: aisle policies help-pages/
    """
    engine = open_database(Settings())
    with sessions(engine).begin() as session:
        loaded = load_policies(session, path)
        titles = ", ".join(policy.title for policy in loaded)
    stdout.print(f"Loaded: {titles}", markup=False)
