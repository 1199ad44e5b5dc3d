"""Every conversation test of this folder, one YAML file each (docs/evaluation.md)."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.evaluation.catalogue import Catalogue
from bot.evaluation.conversation_run import run
from bot.evaluation.demo_mail import Mailbox
from bot.evaluation.demo_orders import DemoOrders
from bot.evaluation.dialogue_test import DialogueTest, read_all
from bot.evaluation.tracker import TrackerStore
from catalog.database import connect
from tests.assistant import Assistant

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="session")
def engine(assistant: Assistant) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{assistant.data_dir / 'aisle.db'}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def catalogue(engine: Engine) -> Catalogue:
    return Catalogue.read(engine)


@pytest.fixture
def orders(engine: Engine) -> Iterator[None]:
    """As the demo shop has them, also for those who come after."""
    orders = DemoOrders(engine)
    yield
    orders.put_back()


@pytest.mark.usefixtures("orders")
@pytest.mark.parametrize("test", read_all(Path(__file__).parent), ids=lambda test: test.name)
def test_conversation(test: DialogueTest, assistant: Assistant, catalogue: Catalogue) -> None:
    trackers = TrackerStore(assistant.data_dir / "conversations.db")
    mailbox = Mailbox(assistant.data_dir)
    outcome = asyncio.run(
        run(test, assistant.rasa_url, catalogue, trackers, mailbox, assistant.sign_in)
    )
    assert outcome.passed, "\n".join(outcome.problems)
