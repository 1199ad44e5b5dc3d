"""Brings a database to the schema that this version of Aisle works with."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from catalog.database import hold_write_lock


class SchemaError(Exception):
    """The database cannot be brought to this version's schema; the message says why."""


def upgrade(engine: Engine) -> None:
    """Run every outstanding migration, all in one transaction. Does nothing when there is none.

    Safe to call from several processes at once.

    Raises:
        SchemaError: the database was made by a newer version of Aisle.
    """
    config = _config()
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.begin() as connection:
        hold_write_lock(connection)
        unknown = set(MigrationContext.configure(connection).get_current_heads()) - known
        if unknown:
            raise SchemaError(
                f"This database has schema {', '.join(sorted(unknown))}, which this version of "
                "Aisle does not know. Install the newer version that made it, or restore a backup."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the schema that this version works with."""
    heads = ScriptDirectory.from_config(_config()).get_heads()
    with engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "catalog:migrations")
    return config
