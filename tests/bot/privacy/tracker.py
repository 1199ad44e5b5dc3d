"""What Rasa keeps of conversations, as these tests write it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from catalog import database

EMAIL = "ada@example.com"


LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Tracker:
    """Rasa's table, as its SQL tracker store makes it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.engine = database.connect(f"sqlite:///{path}")
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE TABLE events (id INTEGER NOT NULL PRIMARY KEY, sender_id VARCHAR(255)"
                " NOT NULL, type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name"
                " VARCHAR(255), action_name VARCHAR(255), data TEXT)"
            )

    def add(self, conversation: str, *events: dict[str, Any], at: datetime | None = None) -> None:
        timestamp = (at or datetime.now(UTC)).timestamp()
        with self.engine.begin() as connection:
            for event in events:
                data = json.dumps({**event, "timestamp": timestamp})
                connection.exec_driver_sql(
                    "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES"
                    " (?, ?, ?, ?)",
                    (conversation, event["event"], timestamp, data),
                )

    @property
    def conversations(self) -> set[str]:
        with self.engine.connect() as connection:
            return {id for (id,) in connection.exec_driver_sql("SELECT sender_id FROM events")}


def user(text: str) -> dict[str, Any]:
    return {"event": "user", "text": text}


def bot(text: str) -> dict[str, Any]:
    return {"event": "bot", "text": text}
