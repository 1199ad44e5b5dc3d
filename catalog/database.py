"""Engines and sessions for the shop's database."""

from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session, sessionmaker

_WRITE_LOCK = 7_241_001
"""PostgreSQL's advisory lock of this number; the triggers of `product_changes` hold the next."""


def connect(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`.

    SQLite runs with foreign keys on and a write-ahead log, so that readers never wait for a
    writer, and a writer waits up to ten seconds for another.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    engine = create_engine(parsed, connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def sessions(engine: Engine) -> sessionmaker[Session]:
    """A factory of sessions, one for each unit of work."""
    return sessionmaker(engine, expire_on_commit=False)


def hold_write_lock(connection: Connection) -> None:
    """Begin a transaction that no other of these runs beside; it lasts until commit or rollback.

    For work that reads first and writes what it found missing. Readers are not held up. Must be the
    first on its connection.
    """
    if connection.dialect.name == "sqlite":
        # Python's driver would begin at the first write only, and not at all for DDL.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITE_LOCK})


def _prepare_sqlite(connection: SQLiteConnection, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()
