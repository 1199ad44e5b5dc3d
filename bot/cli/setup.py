"""`aisle setup`: everything that `aisle serve` needs, made once."""

import time
from collections.abc import Callable
from contextlib import closing
from typing import Annotated

import typer
from sqlalchemy import Engine, func, select

from bot import dialogue
from bot.cli.console import CommandError, stderr
from bot.cli.shop import open_database, prepare_models
from bot.search_engine import open_search
from bot.settings import Settings
from catalog import demo
from catalog.database import sessions
from catalog.models import Product


def setup(
    no_demo: Annotated[
        bool, typer.Option("--no-demo", help="Leave an empty database empty.")
    ] = False,
) -> None:
    """Make what is missing: database, demo shop, models, index, trained dialogue.

    A second run does only what has changed since.
    """
    try:
        set_up(Settings(), with_demo=not no_demo)
    except dialogue.DialogueError as error:
        raise CommandError(str(error)) from error


def set_up(settings: Settings, *, with_demo: bool = True) -> None:
    """Makes what is missing, and says on stderr what it made and how long that took.

    Raises:
        ModelError: a model can't be exported.
        DialogueError: the dialogue model can't be trained.
    """
    engine = open_database(settings)
    if with_demo and _is_empty(engine):
        _step("Filling the empty database with the demo shop", lambda: demo.load(engine))
    demo.draw_pictures()  # a database that was filled from elsewhere shows them too
    _step("Preparing the models", lambda: prepare_models(settings))
    with closing(open_search(settings, engine)) as search:
        _step("Bringing the index up to date", search.refresh)
    if not dialogue.is_trained(settings):
        _step("Training the dialogue model", lambda: dialogue.train(settings))
    engine.dispose()


def _is_empty(engine: Engine) -> bool:
    with sessions(engine)() as session:
        return session.scalar(select(func.count()).select_from(Product)) == 0


def _step(what: str, do: Callable[[], object]) -> None:
    start = time.monotonic()
    with stderr.status(f"{what} …"):
        do()
    if (seconds := time.monotonic() - start) > 1:  # what was there already is not worth a line
        stderr.print(f"{what}: {seconds:.1f} s")
