"""What Rasa needs is looked at before it is started."""

from pathlib import Path

import pytest

from bot.dialogue import DialogueError, check_tracker
from bot.settings import Settings
from tests.postgresql import PostgreSQL


def settings(tmp_path: Path, url: str) -> Settings:
    return Settings(data_dir=tmp_path, tracker_url=url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://jane:secret@127.0.0.1:1/conversations",
        "mysql://jane:secret@127.0.0.1/conversations",
        "no url://jane:secret",
    ],
)
def test_conversations_that_nobody_can_keep(tmp_path: Path, url: str) -> None:
    with pytest.raises(DialogueError, match="AISLE_TRACKER_URL") as caught:
        check_tracker(settings(tmp_path, url))
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_is_made_when_it_is_needed(tmp_path: Path) -> None:
    check_tracker(settings(tmp_path, ""))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_a_server_that_is_there_and_lacks_the_database(
    tmp_path: Path, postgresql: PostgreSQL
) -> None:
    check_tracker(settings(tmp_path, postgresql.url("postgres")))
    with pytest.raises(DialogueError, match="make the database"):
        check_tracker(settings(tmp_path, postgresql.url("nowhere")))
