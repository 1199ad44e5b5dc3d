import dataclasses
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.channel_settings import ChannelSettings
from bot.channels.messaging.mail.channel import Email
from bot.channels.messaging.registry import PLATFORMS
from bot.settings import Settings


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"AISLE_{name.upper()}", raising=False)


def test_the_database_lies_in_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AISLE_DATA_DIR", str(tmp_path / "shop"))
    assert Settings().database_url == f"sqlite:///{tmp_path}/shop/aisle.db"


def test_a_dotenv_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("AISLE_PORT=8100\nAISLE_HOST=0.0.0.0\n")
    monkeypatch.setenv("AISLE_PORT", "8200")
    settings = Settings()
    assert (settings.host, settings.port) == ("0.0.0.0", 8200)  # noqa: S104 - only read


def test_origins_are_the_services_own_and_the_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AISLE_ALLOWED_ORIGINS", "https://shop.example/, https://www.shop.example")
    assert Settings().origins == [
        "http://127.0.0.1:8000",
        "http://localhost:8000",
        "https://shop.example",
        "https://www.shop.example",
    ]


def test_a_child_process_gets_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AISLE_ALLOWED_ORIGINS", "https://a.example,https://b.example")
    monkeypatch.setenv("AISLE_DEVICE", "cpu")
    settings = Settings()
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "http"), ("PORT", "70000"), ("INDEX", "x"), ("ALLOWED_ORIGINS", "*")],
)
def test_a_wrong_value_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"AISLE_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(
    ("environment", "url", "port"),
    [
        ({}, "http://127.0.0.1:5005", 5005),
        ({"RASA_URL": "http://127.0.0.1:5105"}, "http://127.0.0.1:5105", 5105),
        ({"RASA_PORT": "5205"}, "http://127.0.0.1:5205", 5205),
        ({"RASA_URL": "https://chat.shop.example"}, "https://chat.shop.example", 5005),
        (
            {"RASA_URL": "https://chat.shop.example:8443", "RASA_PORT": "5205"},
            "https://chat.shop.example:8443",
            5205,
        ),
    ],
)
def test_where_rasa_listens_and_where_browsers_find_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, port: int
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(f"AISLE_{name}", value)
    settings = Settings()
    assert (settings.rasa_url, settings.rasa_port) == (url, port)


def test_every_key_of_a_messaging_platform_is_a_setting() -> None:
    """Rasa's process reads them from what `aisle serve` passes on."""
    kinds: tuple[Any, ...] = (*PLATFORMS, Email)
    keys = {f"{each.name}_{key.name}" for each in kinds for key in dataclasses.fields(each)}
    assert keys == set(ChannelSettings.model_fields) - {"public_url", "channels_url"}


def test_a_platforms_keys_go_to_rasa_and_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AISLE_LINE_TOKEN", "hush")
    settings = Settings()
    assert "hush" not in repr(settings)
    given = settings.channel_environment()
    assert given["AISLE_LINE_TOKEN"] == "hush" and "AISLE_DATABASE_URL" not in given


def test_several_rasa_processes_need_a_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AISLE_RASA_WORKERS", "2")
    with pytest.raises(ValidationError, match="need a Redis") as raised:
        Settings()
    assert raised.value.errors()[0]["loc"] == ("redis_url",)
    monkeypatch.setenv("AISLE_REDIS_URL", "127.0.0.1:6379")
    with pytest.raises(ValidationError, match="redis://host:6379"):
        Settings()
    monkeypatch.setenv("AISLE_REDIS_URL", "redis://127.0.0.1:6379")
    assert Settings(rasa_port=7000).rasa_ports == [7001, 7002]


def test_a_rasa_that_is_alone_has_the_port_to_itself() -> None:
    assert Settings(rasa_port=7000).rasa_ports == [7000]
