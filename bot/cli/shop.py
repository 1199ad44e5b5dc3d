"""Opens the configured shop for a command."""

from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError

from bot.cli.console import CommandError
from bot.settings import Settings
from catalog import schema
from catalog.database import connect
from recommender.serving import export


def open_database(settings: Settings) -> Engine:
    """The shop's database, its tables made or brought up to date.

    Raises:
        CommandError: AISLE_DATABASE_URL names no database that can be used.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        engine = connect(settings.database_url)
    except (ArgumentError, ModuleNotFoundError) as error:
        raise CommandError(
            f"AISLE_DATABASE_URL can't be used ({error}). "
            "Write sqlite:///file.db or postgresql+psycopg://user@host/shop."
        ) from error
    schema.upgrade(engine)
    return engine


def prepare_models(settings: Settings) -> None:
    """Exports whatever of the models that serve is not exported yet.

    Raises:
        ModelError: a model can't be exported; the message says what to do.
    """
    export.prepare(
        settings.data_dir, embedding_model=settings.embedding_model, reranker=settings.reranker
    )
