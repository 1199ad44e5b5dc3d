"""The shopping state as Rasa keeps it, read from its tracker store while it runs."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import jwt

from bot.settings import Settings
from bot.shopping.state import SLOT, ShoppingState

_QUERY = "SELECT data FROM events WHERE sender_id = ? AND type_name = 'slot' ORDER BY id DESC"


class TrackerStore:
    """The conversations of one assistant."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, settings: Settings) -> "TrackerStore":
        return cls(settings.data_dir / "conversations.db")

    def shopping(self, token: str) -> ShoppingState:
        """The state of the conversation that a token of the channel belongs to."""
        claims = jwt.decode(token, options={"verify_signature": False})
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)) as connection:
            for (data,) in connection.execute(_QUERY, (claims["sub"],)):
                event: dict[str, Any] = json.loads(data)
                if event["name"] == SLOT:
                    return ShoppingState.from_slot(event["value"])
        return ShoppingState()
