"""Rasa's memory while its database is away: it waits, and nothing of a conversation is lost."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.tracker_store import ConversationStore
from tests.installed import if_installed
from tests.postgresql import PostgreSQL

asynchronous = pytest.mark.asyncio


@pytest.fixture
def postgresql() -> Iterator[PostgreSQL]:
    """A running server of the test's own, which may be killed."""
    server = if_installed(lambda: PostgreSQL(is_durable=True))
    server.start()
    yield server
    server.stop()


def store_at(url: str) -> FailSafeTrackerStore:
    """As Rasa's agent has it."""
    return FailSafeTrackerStore(ConversationStore(Domain.empty(), url))


async def say(store: FailSafeTrackerStore, text: str) -> None:
    tracker = await store.get_or_create_tracker("c")
    tracker.update(UserUttered(text))
    await store.save(tracker)


async def said(store: FailSafeTrackerStore) -> list[str | None]:
    tracker = await store.retrieve_full_tracker("c")
    assert isinstance(tracker, DialogueStateTracker)
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


@asynchronous
async def test_a_database_that_was_restarted_between_turns(postgresql: PostgreSQL) -> None:
    store = store_at(postgresql.url("postgres"))
    await say(store, "one")
    postgresql.kill()
    postgresql.run()
    await say(store, "two")
    assert await said(store) == ["one", "two"]


@asynchronous
async def test_a_turn_waits_for_its_database(postgresql: PostgreSQL) -> None:
    store = store_at(postgresql.url("postgres"))
    await say(store, "one")
    tracker = await store.get_or_create_tracker("c")
    tracker.update(UserUttered("two"))
    postgresql.kill()
    saving = asyncio.create_task(store.save(tracker))
    reading = asyncio.create_task(said(store))
    await asyncio.sleep(1)
    assert not saving.done() and not reading.done()
    await asyncio.to_thread(postgresql.run)
    await asyncio.wait_for(saving, 10)
    # Not the empty conversation that Rasa goes on with when it can't read one.
    assert "one" in await asyncio.wait_for(reading, 10)
    assert await said(store) == ["one", "two"]
    # What was saved is in the database, and not in this process's memory alone.
    assert await said(store_at(postgresql.url("postgres"))) == ["one", "two"]


@asynchronous
async def test_who_asks_gives_up_in_their_own_time(postgresql: PostgreSQL) -> None:
    store = store_at(postgresql.url("postgres"))
    await say(store, "one")
    postgresql.kill()
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(said(store), 0.5)
    postgresql.run()


@asynchronous
async def test_two_processes_write_into_one_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'conversations.db'}"
    one, other = store_at(url), store_at(url)
    await say(one, "one")
    await say(other, "two")
    await say(one, "three")
    assert await said(other) == ["one", "two", "three"]


@asynchronous
async def test_a_folder_that_is_called_after_a_database(tmp_path: Path) -> None:
    folder = tmp_path / "not-postgresql"
    folder.mkdir()
    store = store_at(f"sqlite:///{folder / 'conversations.db'}")
    await say(store, "one")
    assert await said(store) == ["one"]
