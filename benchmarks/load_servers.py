"""The Redis and the PostgreSQL of a load run, real ones of its own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from tests.postgresql import PostgreSQL
from tests.redis_server import RedisServer


class Server(Protocol):
    """What can be killed, and started again with what it has on disk."""

    @property
    def pid(self) -> int: ...

    def kill(self) -> None: ...

    def run(self) -> None: ...


@contextmanager
def servers(workers: int, database: str) -> Iterator[tuple[dict[str, Server], dict[str, Any]]]:
    """By name; and the settings of a shop that uses them.

    Raises:
        FileNotFoundError: a program is not on this machine.
    """
    running: dict[str, Server] = {}
    changes: dict[str, Any] = {"rasa_workers": workers}
    with ExitStack() as stack:
        if workers > 1:
            redis = RedisServer(Path(stack.enter_context(TemporaryDirectory())))
            redis.run()
            stack.callback(redis.kill)
            running["redis"] = redis
            changes["redis_url"] = redis.url
        if database == "postgresql":
            postgresql = PostgreSQL(is_durable=True)
            postgresql.start()
            stack.callback(postgresql.stop)
            for name, setting in (("shop", "database_url"), ("conversations", "tracker_url")):
                postgresql.execute(f"CREATE DATABASE {name}")
                changes[setting] = postgresql.url(name)
            running["database"] = postgresql
        yield running, changes
