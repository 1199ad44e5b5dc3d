from threading import Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from catalog.database import connect, hold_write_lock, sessions
from catalog.models import Product, Variant


def test_foreign_keys_are_enforced(engine: Engine) -> None:
    with pytest.raises(IntegrityError), sessions(engine).begin() as session:
        session.add(Variant(id="v", product_pk=1))


def test_sqlite_keeps_readers_from_waiting(database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("SQLite only")
    engine = connect(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
    engine.dispose()


def test_the_write_lock_is_one_writers_at_a_time(engine: Engine) -> None:
    """Ten that each add what they find missing add it once."""

    def add_if_missing() -> None:
        with sessions(engine).begin() as session:
            hold_write_lock(session.connection())
            if session.query(Product).count() == 0:
                session.add(Product(id="p", title="Tent"))

    threads = [Thread(target=add_if_missing) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sessions(engine)() as session:
        assert session.query(Product).count() == 1
