"""The private route that keeps what customers saw, and the log that is made of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import app
from bot.privacy.customer_data import CustomerData
from bot.service.app import create_app
from bot.settings import Settings
from catalog.database import connect, sessions
from catalog.models import Behaviour
from recommender.training.data.events import read_events
from recommender.training.data.impressions import impressions_of

SEEN = {"event": "impression", "product": "v1", "query": "trail shoes", "position": 1}
LOOKED_AT = {"event": "click", "product": "v1", "query": "trail shoes", "position": 1}


@pytest.fixture
def database() -> str:
    return "sqlite"


@pytest.fixture
def settings(database_url: str, models: Path, tmp_path: Path) -> Settings:
    (tmp_path / "models").symlink_to(models / "models")
    return Settings(data_dir=tmp_path, database_url=database_url, device="cpu")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings)) as client:
        key = client.app.state.aisle.actions_key  # type: ignore[attr-defined]
        client.headers["Authorization"] = f"Bearer {key}"
        yield client


def test_the_log_can_be_learnt_from(
    client: TestClient, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"conversation": "c1", "events": [SEEN, LOOKED_AT]}
    assert client.post("/behaviour", json=told).status_code == 204

    monkeypatch.setenv("AISLE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("AISLE_DATABASE_URL", settings.database_url)
    log = tmp_path / "log.jsonl"
    done = CliRunner().invoke(app, ["behaviour", "--out", str(log)])
    assert done.exit_code == 0, done.output
    assert "c1" not in log.read_text()
    [shown] = impressions_of(read_events(log))
    assert (shown.query, shown.product_id, shown.position) == ("trail shoes", "v1", 1)
    assert shown.worth == 1.0


@pytest.mark.parametrize(
    "wrong", [{"event": "purchase"}, {"position": 0}, {"query": ""}, {"product": "x" * 256}]
)
def test_what_is_no_event_is_refused(client: TestClient, wrong: dict[str, object]) -> None:
    told = {"conversation": "c1", "events": [{**SEEN, **wrong}]}
    assert client.post("/behaviour", json=told).status_code == 422


def test_nobody_else_may_tell(client: TestClient) -> None:
    told = {"conversation": "c1", "events": [SEEN]}
    headers = {"Authorization": "Bearer guessed"}
    assert client.post("/behaviour", json=told, headers=headers).status_code == 401


def test_it_goes_with_its_conversation(client: TestClient, settings: Settings) -> None:
    for conversation in ("c1", "c2"):
        client.post("/behaviour", json={"conversation": conversation, "events": [SEEN]})
    opened = sessions(connect(settings.database_url))
    CustomerData.of(settings, opened).erase_conversation("c1")
    with opened() as session:
        assert list(session.scalars(select(Behaviour.conversation_id))) == ["c2"]
