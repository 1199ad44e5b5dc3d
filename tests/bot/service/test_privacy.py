"""The private route by which a conversation is forgotten, in the whole service."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from bot.desk import signing
from bot.desk.desks import Desks, HandOver
from bot.desk.ticket import Reason
from bot.service.app import create_app
from bot.settings import Settings
from catalog.database import connect, sessions
from tests.bot.desk.loopback import Answer, Loopback, serve

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def database() -> str:
    """SQLite alone: the stores have their own tests on both."""
    return "sqlite"


@pytest.fixture
def desk() -> Iterator[Loopback]:
    with serve(lambda asked: Answer(204)) as running:
        yield running


@pytest.fixture
def settings(database_url: str, models: Path, tmp_path: Path, desk: Loopback) -> Settings:
    (tmp_path / "models").symlink_to(models / "models")
    return Settings(
        data_dir=tmp_path,
        database_url=database_url,
        device="cpu",
        desk="webhook",
        desk_url=desk.url,
        desk_secret=SecretStr(SECRET),
    )


@pytest.fixture
def desks(settings: Settings) -> Iterator[Desks]:
    engine = connect(settings.database_url)
    yield Desks(sessions(engine))
    engine.dispose()


def test_the_running_service_delivers_takes_answers_and_forgets(
    settings: Settings, desks: Desks, desk: Loopback
) -> None:
    ticket = desks.hand_over(HandOver("c1", "web", Reason.ASKED))
    with TestClient(create_app(settings)) as client:
        body = b'{"type": "ticket.closed", "data": {"ticket": "%s"}}' % ticket.encode()
        headers = signing.headers(signing.signing_key(SECRET), "e1", body)
        assert client.post("/v1/desk/webhook", content=body, headers=headers).status_code == 204
        key = {"authorization": f"Bearer {settings.actions_key_file.read_text()}"}
        asked = {"conversation": "c1"}
        for wrong in ({}, {"authorization": "Bearer guess"}):
            refused = client.post("/conversations/erase", json=asked, headers=wrong)
            assert refused.status_code == 401
        assert client.post("/conversations/erase", json={}, headers=key).status_code == 422
        assert desks.state("c1") is not None
        report = client.post("/conversations/erase", json=asked, headers=key).json()
    assert report["stores"]["desk_tickets"] == {"found": 1, "erased": 1}
    assert desks.state("c1") is None
    assert len(desk.asked) == 1, "delivered as the service started"
