"""`aisle index`: brings the indexes up to date with the database."""

from contextlib import closing
from typing import Annotated

import typer
from rich.progress import Progress

from bot.cli.console import print_json, stderr, stdout
from bot.cli.shop import open_database
from bot.search_engine import open_search
from bot.settings import Settings


def index(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Embed every product again, then swap.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Report as one JSON object.")] = False,
) -> None:
    """Bring the search index up to date with the catalogue.

    A running assistant does this by itself; run it after a large import to have it done before
    the first customer asks. Only products whose words changed are embedded again.
    """
    settings = Settings()
    with (
        closing(open_search(settings, open_database(settings))) as search,
        Progress(console=stderr, disable=not stderr.is_terminal, transient=True) as progress,
    ):
        task = progress.add_task("Embedding products", total=None)
        embedded = search.refresh(
            rebuild=rebuild,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
        progress.update(task, description="Preparing fast searches", total=None)
        search.maintain()
        products = len(search)
    if json:
        print_json({"embedded": embedded, "products": products})
    else:
        stdout.print(f"{products:,} products in the index; {embedded:,} embedded now")
