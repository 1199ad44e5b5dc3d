"""Every conversation test of this folder, one YAML file each (docs/evaluation.md)."""

import asyncio
from pathlib import Path

import pytest

from bot.evaluation.catalogue import Catalogue
from bot.evaluation.conversation_run import run
from bot.evaluation.dialogue_test import DialogueTest, read_all
from bot.evaluation.tracker import TrackerStore
from catalog.database import connect
from tests.assistant import Assistant

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="session")
def catalogue(assistant: Assistant) -> Catalogue:
    engine = connect(f"sqlite:///{assistant.data_dir / 'aisle.db'}")
    catalogue = Catalogue.read(engine)
    engine.dispose()
    return catalogue


@pytest.mark.parametrize("test", read_all(Path(__file__).parent), ids=lambda test: test.name)
def test_conversation(test: DialogueTest, assistant: Assistant, catalogue: Catalogue) -> None:
    trackers = TrackerStore(assistant.data_dir / "conversations.db")
    outcome = asyncio.run(run(test, assistant.rasa_url, catalogue, trackers))
    assert outcome.passed, "\n".join(outcome.problems)
