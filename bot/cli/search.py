"""`aisle search`: one search, as the assistant would do it."""

from typing import Annotated

import typer
from rich.table import Table

from bot.cli.console import print_json, stderr, stdout
from bot.cli.shop import open_database
from bot.search_engine import open_search
from bot.settings import Settings
from recommender.search import MOST_RESULTS


def search(
    query: Annotated[str, typer.Argument(help="What a customer would say.")],
    k: Annotated[int, typer.Option("-k", min=1, max=MOST_RESULTS, help="How many products.")] = 10,
    no_rerank: Annotated[
        bool, typer.Option("--no-rerank", help="Leave out the fine-tuned cross-encoder.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Search the catalogue and show what was understood, what was found, and why.

    Example: aisle search "red running shoes under $60" -k 5
    """
    settings = Settings()
    engine = open_search(settings, open_database(settings))
    if engine.outstanding:
        stderr.print("Indexing what changed in the catalogue; the first time takes a while …")
        engine.refresh()
    response = engine.search(engine.understand(query), k=k, rerank=not no_rerank)
    if json:
        print_json(response.to_json(query))
        return
    understood = response.understood.filters.to_json()
    stderr.print(
        f"Looking for: {response.understood.text or 'anything'}"
        + "".join(f"; {name} {value}" for name, value in understood.items()),
        markup=False,
    )
    if response.relaxed:
        stderr.print(f"Nothing has it all; left out: {', '.join(response.relaxed)}")
        for near in response.nearest:
            stderr.print(f"Nearest {near.constraint}: {near.nearest}, not {near.asked}")
    if not response.results:
        stderr.print("Nothing found.")
        return
    table = Table("score", "id", "title", "price", "stock", "why", box=None, pad_edge=False)
    stock = {True: "in stock", False: "sold out", None: "?"}
    for offer in response.results:
        price = "" if offer.price is None else f"{offer.price} {offer.currency}"
        cells = (offer.id, offer.title, price, stock[offer.in_stock], ", ".join(offer.why))
        table.add_row(f"{offer.score:.2f}", *(cell.replace("[", r"\[") for cell in cells))
    stdout.print(table)
