"""Databases for the tests: SQLite, and a real PostgreSQL that the session starts for itself.

Tests of Rasa's environment load this file too, so nothing of the service is imported at its top.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.installed import if_installed
from tests.postgresql import PostgreSQL

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.assistant import Assistant

_NUMBERS = count(1)

# Those of Rasa's environment run there: see scripts/test.
collect_ignore = [] if find_spec("rasa") else ["bot/channels", "bot/nlu"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    server = if_installed(PostgreSQL)
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on. A test that asks for a database runs on every one."""
    kind: str = request.param
    return kind


@pytest.fixture
def empty_database_url(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database without any table."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = f"empty_{next(_NUMBERS)}"
    server.execute(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "aisle.db"
    _create_schema(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_database(postgresql: PostgreSQL) -> str:
    """One for all tests: to empty it takes a tenth of the time that a new one does."""
    postgresql.execute("CREATE DATABASE aisle")
    _create_schema(postgresql.url("aisle"))
    return "aisle"


@pytest.fixture
def database_url(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with the current schema and no rows, this test's own while it runs.

    A test that changes the schema takes `empty_database_url`.
    """
    if database == "sqlite":
        path = tmp_path / "aisle.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    name: str = request.getfixturevalue("postgresql_database")
    server: PostgreSQL = request.getfixturevalue("postgresql")
    yield server.url(name)
    server.empty(name)


@pytest.fixture
def connect_to() -> Iterator[Callable[[str], Engine]]:
    """Makes engines that are disposed of after the test."""
    from catalog.database import connect

    engines: list[Engine] = []

    def connect_to(url: str) -> Engine:
        engines.append(connect(url))
        return engines[-1]

    yield connect_to
    for engine in engines:
        engine.dispose()


@pytest.fixture
def engine(database_url: str, connect_to: Callable[[str], Engine]) -> Engine:
    """An engine on `database_url`."""
    return connect_to(database_url)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the encoders that ship, exported, and no reranker."""
    from recommender.serving.export import prepare_minilm, prepare_retriever
    from recommender.weights.shipped import SHIPPED_RETRIEVER

    folder = tmp_path_factory.mktemp("models")
    prepare_minilm(folder)
    prepare_retriever(folder, str(SHIPPED_RETRIEVER))
    return folder


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The demo shop's assistant, made from nothing, shared by the whole test run."""
    from tests.assistant import make_assistant

    running = make_assistant(tmp_path_factory.mktemp("assistant"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


def _create_schema(url: str) -> None:
    from catalog.database import connect
    from catalog.schema import upgrade

    engine = connect(url)
    upgrade(engine)
    engine.dispose()
