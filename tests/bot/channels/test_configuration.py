"""credentials.yml and endpoints.yml, as Rasa itself reads them."""

from pathlib import Path

import pytest
from rasa.core.run import create_http_input_channels
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException

from bot.channels.web import WebInput

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AISLE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("AISLE_SERVICE_URL", "http://127.0.0.1:8123")
    monkeypatch.setenv("AISLE_ACTIONS_KEY", "12345")
    monkeypatch.setenv("AISLE_ALLOWED_ORIGINS", "")
    monkeypatch.setenv("AISLE_TRACKER_DB", str(tmp_path / "conversations.db"))


def test_the_web_channel_is_the_only_one() -> None:
    [channel] = create_http_input_channels(None, str(ROOT / "credentials.yml"))
    assert isinstance(channel, WebInput)


def test_actions_are_asked_with_the_shops_key(tmp_path: Path) -> None:
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    assert endpoints.action.url == "http://127.0.0.1:8123/webhook"
    assert endpoints.action.headers == {"Authorization": "Bearer 12345"}
    assert endpoints.tracker_store.kwargs["db"] == str(tmp_path / "conversations.db")


def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AISLE_ACTIONS_KEY")
    with pytest.raises(RasaException, match="AISLE_ACTIONS_KEY"):
        AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
