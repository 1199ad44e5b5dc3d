"""A real PostgreSQL that the tests, or a benchmark, start for themselves.

Tests of Rasa's environment use it too, so nothing of the service is imported at its top.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path


class PostgreSQL:
    """A server in a new folder under the system's temporary one, reached by its socket only."""

    def __init__(self, *, is_durable: bool = False) -> None:
        """
        Args:
            is_durable: As a shop runs it. Otherwise it is faster, and forgets when it is killed.

        Raises:
            FileNotFoundError: there is no PostgreSQL here.
        """
        self._programs = _programs()
        self._is_durable = is_durable
        # PostgreSQL refuses to run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        # Not in pytest's own folder, which only its owner may enter, and whose name may be longer
        # than a socket's path can be.
        self.folder = Path(tempfile.mkdtemp(prefix="aisle-postgres-"))
        if self._user:
            shutil.chown(self.folder, self._user, self._user)
        self._data = self.folder / "data"

    def start(self) -> None:
        """Makes a cluster, and runs it."""
        subprocess.run(
            [
                *(str(self._programs / "initdb"), "-D", str(self._data), "-U", "postgres"),
                *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
            user=self._user,
        )
        self.run()

    def run(self) -> None:
        """Runs it, again after `kill`."""
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}"]
        if not self._is_durable:
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        command = [str(self._programs / "postgres"), "-D", str(self._data)]
        for setting in settings:
            command += ["-c", setting]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self.folder, user=self._user
            )
        deadline = time.monotonic() + 30
        while not (self.folder / ".s.PGSQL.5432").exists() or not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self._process.kill()
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """Ends it at once, as it would be ended by the lack of memory."""
        self._process.send_signal(signal.SIGQUIT)  # its "immediate shutdown", of all its processes
        self._process.wait(timeout=30)

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
        asked = [str(self._programs / "pg_isready"), "-h", str(self.folder), "-q"]
        return subprocess.run(asked, check=False).returncode == 0


def _programs() -> Path:
    """The folder of PostgreSQL's server programs, which Debian keeps off the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not debian:
        raise FileNotFoundError(
            "no PostgreSQL here: `apt-get install postgresql` brings the server"
        )
    return debian[-1].parent
