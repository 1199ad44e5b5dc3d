"""Where Rasa keeps the conversations, as endpoints.yml says."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.privacy.store import StoreError
from bot.settings import PROJECT_ROOT, Settings

OURS = "bot.channels.tracker_store.ConversationStore"
"""Rasa's SQL store, that waits for its database."""


def tracker_url(settings: Settings, endpoints: Path = PROJECT_ROOT / "endpoints.yml") -> URL:
    """The database of Rasa's SQL tracker store.

    Raises:
        StoreError: it is another kind of store, which nobody here can look into.
    """
    given = (yaml.safe_load(endpoints.read_text()) or {}).get("tracker_store") or {}
    kind = str(given.get("type", "InMemory"))
    if kind.lower() != "sql" and kind != OURS:
        raise StoreError(
            f"The conversations are in a tracker store of the kind {kind}; only SQL can be looked "
            "through. Change endpoints.yml, or export and erase there by hand."
        )
    known = {**os.environ, "AISLE_TRACKER_URL": settings.tracker_url}
    return _url({name: _expanded(value, known) for name, value in given.items()})


def _url(store: Mapping[str, Any]) -> URL:
    host = str(store.get("url") or "")
    try:
        if "://" in host:
            url = make_url(host)
        else:
            url = URL.create(
                str(store.get("dialect", "sqlite")),
                username=store.get("username"),
                password=store.get("password"),
                host=host or None,
                port=int(store["port"]) if store.get("port") else None,
                database=store.get("db", "rasa.db"),
            )
    except (ArgumentError, ValueError) as error:
        raise StoreError("The tracker store of endpoints.yml has no usable address.") from error
    return with_our_driver(url)


def with_our_driver(url: URL) -> URL:
    """Rasa's environment has the driver of then, ours the one of now."""
    is_postgresql = url.get_backend_name() == "postgresql"
    return url.set(drivername="postgresql+psycopg") if is_postgresql else url


def _expanded(value: Any, known: Mapping[str, str]) -> Any:
    """With `${NAME}` replaced, as Rasa does it."""
    if not isinstance(value, str):
        return value
    for name, found in known.items():
        value = value.replace("${" + name + "}", found)
    return value
