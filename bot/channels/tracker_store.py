"""Rasa's memory of the conversations, which waits for a database that is away.

Rasa itself goes on with an empty conversation when it can't read one, and keeps in its process's
memory what it can't write: a customer's cart is gone in the first case, their words in the second.
Here a turn waits instead, and whoever asked gives it up in their own time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from rasa.core.tracker_store import SQLTrackerStore, create_engine_kwargs
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.engine.url import URL
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm.session import sessionmaker

logger = logging.getLogger(__name__)

_AWAY = (OperationalError, InterfaceError)
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 1.0
_CONNECT_SECONDS = 3
_LOCKED_SECONDS = 10
"""How long a SQLite file may be another process's."""

T = TypeVar("T")


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL tracker store, by one URL."""

    def __init__(self, domain: Domain | None = None, host: str = "", **kwargs: Any) -> None:
        """
        Args:
            host: The database's URL, as `AISLE_DATABASE_URL`; Rasa's name for `url`.
        """
        url = _with_driver_of_rasa(make_url(host))
        # In its parts: Rasa takes any text with "postgresql" in it, a folder's name too, for one.
        super().__init__(
            domain,
            dialect=url.drivername,
            host=url.host,
            port=url.port,
            db=url.database or "",
            username=url.username,
            password=url.password,
            query=dict(url.query),
            **kwargs,
        )
        is_postgresql = url.get_backend_name() == "postgresql"
        options = create_engine_kwargs(url)
        waits = (
            {"connect_timeout": _CONNECT_SECONDS} if is_postgresql else {"timeout": _LOCKED_SECONDS}
        )
        options["connect_args"] = {**options.get("connect_args", {}), **waits}
        # Rasa's own would use a connection that a restart of the server has broken.
        self.engine: Engine = create_engine(url, pool_pre_ping=is_postgresql, **options)
        self.sessionmaker = sessionmaker(bind=self.engine)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Writes what is new, when the database is there."""
        await _patiently(lambda: SQLTrackerStore.save(self, tracker))

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        return await _patiently(
            lambda: SQLTrackerStore._retrieve(self, sender_id, fetch_events_from_all_sessions)
        )


async def _patiently(ask: Callable[[], Awaitable[T]]) -> T:
    pause = _FIRST_PAUSE
    while True:
        try:
            return await ask()
        except _AWAY as error:
            if pause == _FIRST_PAUSE:
                logger.error("The conversations' database is away: %s", error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


def _with_driver_of_rasa(url: URL) -> URL:
    """Rasa's environment has the driver of then, the service's the one of now."""
    return url.set(drivername="postgresql") if url.get_backend_name() == "postgresql" else url
