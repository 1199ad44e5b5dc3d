"""What every attack must leave behind: a line that says so, and nobody's data in it."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.service.app import create_app
from bot.settings import Settings
from catalog.database import connect, sessions
from catalog.models import Customer, Order, OrderStatus
from catalog.schema import upgrade
from tests.inbox import Inbox, open_inbox
from tests.signing import RSA, SECRET, jwks

JANE = "jane@example.com"
PERSONAL = (JANE, "Jane", "c1-of-jane", "eyJ", SECRET)
"""Of the customer who is attacked, and of tokens."""

LeavesALine = Callable[[], str]


@pytest.fixture
def leaves_a_line(caplog: pytest.LogCaptureFixture) -> LeavesALine:
    """The lines so far, of which there is one at least, and none has personal data."""
    caplog.set_level(logging.INFO)

    def check() -> str:
        ours = [each for each in caplog.records if each.name.startswith(("aisle", "bot"))]
        lines = "\n".join(each.getMessage() for each in ours)
        assert lines, "nothing was logged"
        assert [each for each in PERSONAL if each in lines] == []
        return lines

    return check


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    with open_inbox() as inbox:
        yield inbox


@pytest.fixture(scope="module")
def settings(models: Path, inbox: Inbox, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """On SQLite alone: the rules in the database have their own tests on both."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "models").symlink_to(models / "models")
    return Settings(
        data_dir=folder,
        device="cpu",
        smtp_url=inbox.url,
        shop_token_secret=SECRET,
        shop_token_keys=jwks(first=RSA),
    )


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[TestClient]:
    """The service of a shop with one customer and one order."""
    engine = connect(settings.database_url)
    upgrade(engine)
    with sessions(engine).begin() as session:
        session.add(Customer(id="c1-of-jane", email=JANE, name="Jane"))
        session.flush()
        session.add(
            Order(
                number="A1001",
                customer_id="c1-of-jane",
                status=OrderStatus.PAID,
                placed_at=datetime(2026, 11, 1, tzinfo=UTC),
                currency="USD",
                total=Decimal(5),
            )
        )
    engine.dispose()
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def rasa(client: TestClient, settings: Settings) -> dict[str, str]:
    """The header that Rasa shows."""
    return {"authorization": f"Bearer {settings.actions_key_file.read_text()}"}
