"""credentials.yml and endpoints.yml, as Rasa itself reads them."""

import os
from pathlib import Path

import pytest
from rasa.core.lock_store import LockStore
from rasa.core.run import create_http_input_channels
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException

from bot.channels.lock_store import ConversationLocks
from bot.channels.messaging.input import MessagingInput
from bot.channels.tracker_store import ConversationStore
from bot.channels.web import WebInput

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("AISLE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AISLE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("AISLE_SERVICE_URL", "http://127.0.0.1:8123")
    monkeypatch.setenv("AISLE_ACTIONS_KEY", "12345")
    monkeypatch.setenv("AISLE_ALLOWED_ORIGINS", "")
    monkeypatch.setenv("AISLE_REDIS_URL", "")
    monkeypatch.setenv("AISLE_SHARED_PORT", "")
    monkeypatch.setenv("AISLE_RASA_WORKER", "1")
    monkeypatch.setenv("AISLE_RASA_WORKERS", "1")
    monkeypatch.setenv("AISLE_TRACKER_URL", f"sqlite:///{tmp_path / 'conversations.db'}")


def test_the_web_channel_is_the_only_one_that_is_open() -> None:
    web, messaging = create_http_input_channels(None, str(ROOT / "credentials.yml"))
    assert isinstance(web, WebInput)
    assert isinstance(messaging, MessagingInput) and not messaging.platforms


def test_a_platform_is_open_where_its_keys_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AISLE_LINE_TOKEN", "token")
    monkeypatch.setenv("AISLE_LINE_SECRET", "secret")
    _, messaging = create_http_input_channels(None, str(ROOT / "credentials.yml"))
    assert isinstance(messaging, MessagingInput)
    assert [each.name for each in messaging.platforms] == ["line"]


def test_half_of_a_platforms_keys_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AISLE_LINE_TOKEN", "token")
    with pytest.raises(RasaException, match="AISLE_LINE_SECRET"):
        create_http_input_channels(None, str(ROOT / "credentials.yml"))


def test_actions_are_asked_with_the_shops_key(tmp_path: Path) -> None:
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    assert endpoints.action.url == "http://127.0.0.1:8123/webhook"
    assert endpoints.action.headers == {"Authorization": "Bearer 12345"}
    store = TrackerStore.create(endpoints.tracker_store)
    assert isinstance(store, ConversationStore)
    assert (tmp_path / "conversations.db").exists()
    locks = LockStore.create(endpoints.lock_store)
    assert isinstance(locks, ConversationLocks) and not locks.is_shared


def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AISLE_ACTIONS_KEY")
    with pytest.raises(RasaException, match="AISLE_ACTIONS_KEY"):
        AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
