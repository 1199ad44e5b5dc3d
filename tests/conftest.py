"""Databases for the tests: SQLite, and a real PostgreSQL that the session starts for itself.

Tests of Rasa's environment load this file too, so nothing of the service is imported at its top.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.assistant import Assistant

_NUMBERS = count(1)

# Those of Rasa's environment run there: see scripts/test.
collect_ignore = [] if find_spec("rasa") else ["bot/channels", "bot/nlu"]


class PostgreSQL:
    """A server in a new folder under the system's temporary one, reached by its socket only."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # PostgreSQL refuses to run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        # Not in pytest's own folder, which only its owner may enter, and whose name may be longer
        # than a socket's path can be.
        self.folder = Path(tempfile.mkdtemp(prefix="aisle-postgres-"))
        if self._user:
            shutil.chown(self.folder, self._user, self._user)

    def start(self) -> None:
        data = self.folder / "data"
        subprocess.run(
            [
                *(str(self._programs / "initdb"), "-D", str(data), "-U", "postgres"),
                *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
            user=self._user,
        )
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.folder}",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
        ]
        command = [str(self._programs / "postgres"), "-D", str(data)]
        for setting in settings:
            command += ["-c", setting]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self.folder, user=self._user
            )
        deadline = time.monotonic() + 30
        while not (self.folder / ".s.PGSQL.5432").exists() or not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self._process.kill()
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)  # its "fast shutdown"
        self._process.wait(timeout=30)
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside a transaction."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def empty(self, database: str) -> None:
        """Throw out whoever is still connected, and every row."""
        from catalog.models import Base

        self.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # noqa: S608
            f"WHERE datname = '{database}'"
        )
        tables = ", ".join(Base.metadata.tables)
        self.execute(f"TRUNCATE {tables} RESTART IDENTITY", database)

    def _answers(self) -> bool:
        import psycopg

        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True


def _postgresql_programs() -> Path | None:
    """The folder of PostgreSQL's server programs, which Debian keeps off the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian[-1].parent if debian else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    programs = _postgresql_programs()
    if programs is None:
        reason = "no PostgreSQL here: `apt-get install postgresql` brings the server"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    server = PostgreSQL(programs)
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
    """A data folder with the exported encoder, and no reranker."""
    from recommender.export import encoder_folder, export_encoder

    folder = tmp_path_factory.mktemp("models")
    export_encoder(encoder_folder(folder))
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
