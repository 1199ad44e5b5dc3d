"""Which desk the settings name."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.desk.engines import answer_links, make_desk
from bot.desk.port import DeskRefusedError
from bot.settings import Settings

SMTP = "smtp://127.0.0.1:25"
SECRET = SecretStr("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
CHATWOOT = {"desk_url": "https://chat.example", "desk_inbox": "i", "desk_token": SECRET}


@pytest.mark.parametrize(
    "given",
    [
        {"desk": "chatwoot", "desk_secret": SECRET, **CHATWOOT},
        {"desk": "email", "desk_address": "help@shop.example", "smtp_url": SMTP},
        {"desk": "webhook", "desk_url": "https://desk.example", "desk_secret": SECRET},
    ],
)
def test_each_engine(given: dict[str, Any], tmp_path: Path) -> None:
    desk = make_desk(Settings(data_dir=tmp_path, **given))
    assert desk is not None and desk.name == given["desk"]


def test_no_desk(tmp_path: Path) -> None:
    assert make_desk(Settings(data_dir=tmp_path)) is None
    assert answer_links(Settings(data_dir=tmp_path)) is None


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"desk": "chatwoot", **CHATWOOT}, "AISLE_DESK_SECRET"),
        ({"desk": "email", "smtp_url": SMTP}, "AISLE_DESK_ADDRESS"),
        ({"desk": "email", "desk_address": "help@shop.example"}, "AISLE_SMTP_URL"),
        ({"desk": "webhook", "desk_secret": SECRET}, "AISLE_DESK_URL"),
        ({"desk": "webhook", "desk_url": "https://x", "desk_secret": SecretStr("short")}, "SECRET"),
    ],
)
def test_what_is_missing_is_named(given: dict[str, Any], name: str, tmp_path: Path) -> None:
    with pytest.raises(DeskRefusedError, match=name):
        make_desk(Settings(data_dir=tmp_path, **given))


def test_secrets_go_to_child_processes_and_are_never_printed() -> None:
    settings = Settings(desk_token=SecretStr("very-secret"))
    assert "very-secret" not in repr(settings)
    assert settings.environment()["AISLE_DESK_TOKEN"] == "very-secret"
