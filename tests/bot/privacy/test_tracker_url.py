"""Where Rasa keeps the conversations."""

from pathlib import Path

import pytest

from bot.privacy.store import StoreError
from bot.privacy.tracker_url import tracker_url
from bot.settings import Settings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{type: SQL, dialect: sqlite, db: conversations.db}", "sqlite:///conversations.db"),
        ("{type: SQL, url: '${AISLE_TRACKER_URL}'}", "sqlite:///{path}"),
        (
            "{type: SQL, dialect: postgresql, url: db, port: 5433, username: u, password: p,"
            " db: c}",
            "postgresql+psycopg://u:p@db:5433/c",
        ),
        ("{type: SQL, url: 'postgresql://u:p@db/c'}", "postgresql+psycopg://u:p@db/c"),
    ],
)
def test_where_rasa_keeps_them(
    text: str, expected: str, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "endpoints.yml"
    file.write_text(f"tracker_store: {text}\n")
    found = tracker_url(settings, file).render_as_string(hide_password=False)
    assert found == expected.format(path=settings.data_dir / "conversations.db")


def test_where_rasa_keeps_them_as_shipped(settings: Settings) -> None:
    elsewhere = settings.model_copy(update={"tracker_url": "postgresql+psycopg://u:p@db/c"})
    for configured in (settings, elsewhere):
        found = tracker_url(configured).render_as_string(hide_password=False)
        assert found == configured.tracker_url


@pytest.mark.parametrize("text", ["{type: redis, url: x}", "{type: SQL, url: '://'}", "{}"])
def test_where_nobody_can_look(text: str, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "endpoints.yml"
    file.write_text(f"tracker_store: {text}\n")
    with pytest.raises(StoreError):
        tracker_url(settings, file)
