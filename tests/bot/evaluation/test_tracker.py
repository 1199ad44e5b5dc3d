"""The state is the newest that Rasa stored for the conversation."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import jwt

from bot.evaluation.tracker import TrackerStore
from bot.shopping.state import ShoppingState


def test_the_newest_state_of_the_conversation_is_read(tmp_path: Path) -> None:
    path = tmp_path / "conversations.db"
    events = [
        ("one", "slot", {"name": "shopping", "value": ShoppingState(text="old").to_slot()}),
        ("one", "slot", {"name": "shopping", "value": ShoppingState(text="new").to_slot()}),
        ("two", "slot", {"name": "shopping", "value": ShoppingState(text="other").to_slot()}),
        ("one", "slot", {"name": "order_number", "value": None}),
        ("one", "bot", {}),
    ]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id, type_name, data)"
        )
        connection.executemany(
            "INSERT INTO events (sender_id, type_name, data) VALUES (?, ?, ?)",
            [(sender, type_name, json.dumps(data)) for sender, type_name, data in events],
        )
    trackers = TrackerStore(path)
    token = jwt.encode({"sub": "one"}, "a key that only the server knows ....")
    assert trackers.shopping(token).text == "new"
    stranger = jwt.encode({"sub": "three"}, "a key that only the server knows ....")
    assert trackers.shopping(stranger) == ShoppingState()
