"""`aisle index`: brings the indexes up to date with the database."""

from contextlib import closing
from typing import Annotated

import typer
from rich.progress import Progress

from bot.cli.console import print_json, stderr, stdout
from bot.cli.shop import open_database
from bot.search_engine import open_search
from bot.settings import Settings
from recommender.indexing.ray_embedding import RayEmbedder
from recommender.serving.models import retriever_in_service


def index(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Embed every product again, then swap.")
    ] = False,
    ray: Annotated[
        bool,
        typer.Option(
            "--ray",
            help="Embed new products with Ray Data, on the cluster that RAY_ADDRESS names or on "
            "this machine: docs/scaling.md.",
        ),
    ] = False,
    workers: Annotated[
        int,
        typer.Option(
            min=0,
            help="With --ray: how many models work at once. 0: one a GPU, or one a machine.",
        ),
    ] = 0,
    json: Annotated[bool, typer.Option("--json", help="Report as one JSON object.")] = False,
) -> None:
    """Bring the search index up to date with the catalogue.

    A running assistant does this by itself; run it after a large import to have it done before
    the first customer asks. Only products whose words changed are embedded again.
    """
    settings = Settings()
    # A retriever that was promoted a moment ago is waited for, where an assistant would go on with
    # the one before.
    retriever = retriever_in_service(settings.data_dir, settings.embedding_model)
    settings = settings.model_copy(update={"embedding_model": retriever})
    embedder = None
    if ray:
        embedder = RayEmbedder(
            settings.database_url,
            settings.data_dir,
            settings.embedding_model,
            settings.device,
            workers,
        )
    with (
        closing(open_search(settings, open_database(settings))) as search,
        Progress(console=stderr, disable=not stderr.is_terminal, transient=True) as progress,
    ):
        task = progress.add_task("Embedding products", total=None)
        embedded = search.refresh(
            rebuild=rebuild,
            embedder=embedder,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
        progress.update(task, description="Preparing fast searches", total=None)
        search.maintain()
        products = len(search)
    if json:
        print_json({"embedded": embedded, "products": products})
    else:
        stdout.print(f"{products:,} products in the index; {embedded:,} embedded now")
