from collections.abc import Callable
from threading import Thread
from time import sleep

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, text

from catalog.models import Base
from catalog.schema import SchemaError, is_current, upgrade

Connect = Callable[[str], Engine]


def test_migrations_build_what_the_models_say(empty_database_url: str, connect_to: Connect) -> None:
    engine = connect_to(empty_database_url)
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_upgrade_makes_the_schema_current_once(
    empty_database_url: str, connect_to: Connect
) -> None:
    engine = connect_to(empty_database_url)
    assert not is_current(engine)
    upgrade(engine)
    assert is_current(engine)
    upgrade(engine)
    assert is_current(engine)


def test_processes_that_upgrade_at_once_wait_for_each_other(
    empty_database_url: str, connect_to: Connect
) -> None:
    failures: list[Exception] = []

    def start() -> None:
        try:
            upgrade(connect_to(empty_database_url))
        except Exception as failure:
            failures.append(failure)

    threads = [Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert is_current(connect_to(empty_database_url))


def test_a_newer_database_is_refused_with_a_sentence(
    empty_database_url: str, connect_to: Connect
) -> None:
    engine = connect_to(empty_database_url)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="schema 9999"):
        upgrade(engine)
    assert not is_current(engine)


def test_a_migration_that_fails_leaves_nothing_behind(
    empty_database_url: str, connect_to: Connect
) -> None:
    engine = connect_to(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE order_lines (in_the_way INTEGER)"))
    with pytest.raises(Exception, match="order_lines"):
        upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE order_lines"))
    upgrade(engine)
    assert is_current(engine)


class TestProductChanges:
    """The triggers see raw SQL, whoever sends it."""

    @pytest.fixture
    def connection(self, engine: Engine) -> Connection:
        """Two products, 1 and 2, with a variant each, and an empty log."""
        connection = engine.connect()
        for pk in (1, 2):
            connection.execute(
                text(
                    "INSERT INTO products (pk, id, title, description, brand, category, material,"
                    " gender, attributes, images, updated_at) VALUES"
                    " (:pk, :id, 'Tent', '', '', '', '', '', '{}', '[]', '2026-01-01')"
                ),
                {"pk": pk, "id": f"p{pk}"},
            )
            self.insert_variant(connection, f"v{pk}", pk)
        connection.execute(text("DELETE FROM product_changes"))
        return connection

    @staticmethod
    def insert_variant(connection: Connection, variant_id: str, pk: int) -> None:
        connection.execute(
            text(
                "INSERT INTO variants (id, product_pk, position, color, size, currency, url, image,"
                " attributes) VALUES (:id, :pk, 0, '', '', '', '', '', '{}')"
            ),
            {"id": variant_id, "pk": pk},
        )

    @staticmethod
    def changed(connection: Connection) -> set[int]:
        log = text("SELECT product_pk FROM product_changes")
        return set(connection.execute(log).scalars())

    def test_a_new_product_is_logged(self, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO products (id, title, description, brand, category, material,"
                    " gender, attributes, images, updated_at) VALUES"
                    " ('p1', 'Tent', '', '', '', '', '', '{}', '[]', '2026-01-01')"
                )
            )
            pk = connection.execute(text("SELECT pk FROM products")).scalar_one()
            assert self.changed(connection) == {pk}

    @pytest.mark.parametrize(
        ("statement", "logged"),
        [
            ("UPDATE products SET title = 'Big tent' WHERE pk = 1", {1}),
            ("UPDATE products SET title = 'Big tent'", {1, 2}),
            ("UPDATE variants SET stock = 3 WHERE id = 'v2'", {2}),
            ("UPDATE variants SET product_pk = 2 WHERE id = 'v1'", {1, 2}),
            ("DELETE FROM variants WHERE id = 'v1'", {1}),
            ("DELETE FROM products WHERE pk = 2", {2}),
            ("UPDATE products SET title = 'Big tent' WHERE pk = 3", set()),
        ],
    )
    def test_a_change_is_logged(
        self, connection: Connection, statement: str, logged: set[int]
    ) -> None:
        with connection:
            connection.execute(text(statement))
            assert self.changed(connection) == logged

    def test_a_new_variant_is_logged(self, connection: Connection) -> None:
        with connection:
            self.insert_variant(connection, "v3", 2)
            assert self.changed(connection) == {2}

    def test_a_change_that_is_rolled_back_is_not_logged(self, connection: Connection) -> None:
        with connection:
            connection.commit()
            connection.execute(text("UPDATE products SET title = 'Big tent'"))
            connection.rollback()
            assert self.changed(connection) == set()

    def test_a_deleted_products_number_is_never_used_again(self, connection: Connection) -> None:
        with connection:
            columns = (
                "id, title, description, brand, category, material, gender, attributes, images,"
                " updated_at"
            )
            again = text(
                f"INSERT INTO products ({columns}) VALUES"  # noqa: S608
                " (:id, 'Tent', '', '', '', '', '', '{}', '[]', '2026-01-01') RETURNING pk"
            )
            connection.execute(text("DELETE FROM variants"))
            connection.execute(text("DELETE FROM products"))
            first = connection.execute(again, {"id": "a"}).scalar_one()
            connection.execute(text("DELETE FROM products"))
            assert connection.execute(again, {"id": "b"}).scalar_one() > first

    def test_changes_are_numbered_in_the_order_of_their_commits(self, engine: Engine) -> None:
        """A follower that has read up to a number never misses a smaller one that comes later."""
        insert = text(
            "INSERT INTO products (id, title, description, brand, category, material, gender,"
            " attributes, images, updated_at) VALUES"
            " (:id, 'Tent', '', '', '', '', '', '{}', '[]', '2026-01-01') RETURNING pk"
        )
        committed: list[int] = []

        def write(id: str) -> None:
            with engine.connect() as connection:
                pk = connection.execute(insert, {"id": id}).scalar_one()
                sleep(0.2)  # time for another to draw a later number and commit first
                connection.commit()
                committed.append(pk)

        threads = [Thread(target=write, args=(id,)) for id in "abc"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with engine.connect() as connection:
            log = text("SELECT product_pk FROM product_changes ORDER BY seq")
            assert list(connection.execute(log).scalars()) == committed
