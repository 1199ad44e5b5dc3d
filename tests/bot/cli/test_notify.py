"""`aisle notify` over a real SMTP server on loopback."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.cli.shop import open_database
from bot.evaluation.free_port import free_port
from bot.settings import Settings
from catalog.database import sessions
from catalog.models import NoticeKind, Product, Variant
from catalog.notices import ask
from catalog.products import find_variant
from tests.bot.cli.conftest import RunAisle
from tests.inbox import Inbox, open_inbox


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    """A mail server that the settings name."""
    with open_inbox() as inbox:
        monkeypatch.setenv("AISLE_SMTP_URL", inbox.url)
        monkeypatch.setenv("AISLE_MAIL_FROM", "shop@shop.example")
        yield inbox


@pytest.fixture
def shop(data_dir: Path) -> sessionmaker[Session]:
    """A shop with a sold-out lamp for which two customers wait, one for a lower price."""
    made = sessions(open_database(Settings(data_dir=data_dir)))
    with made.begin() as session:
        lamp = Variant(id="lamp", price=Decimal(40), currency="USD", stock=0)
        session.add(Product(id="lamp", title="Reading Lamp", variants=[lamp]))
        session.flush()
        ask(session, "jane@example.com", lamp, NoticeKind.BACK_IN_STOCK)
        ask(session, "joe@example.com", lamp, NoticeKind.PRICE_DROP, below=Decimal(30))
    return made


def change(shop: sessionmaker[Session], **values: Any) -> None:
    with shop.begin() as session:
        lamp = find_variant(session, "lamp")
        assert lamp is not None
        for name, value in values.items():
            setattr(lamp, name, value)


def test_nobody_is_written_to_before_the_time_has_come(
    aisle: RunAisle, shop: sessionmaker[Session], inbox: Inbox
) -> None:
    done = aisle("notify")
    assert done.status == 0
    assert done.out.strip() == "Sent 0, failed 0, still waiting 2."
    assert inbox.letters == []


def test_each_customer_is_written_to_once(
    aisle: RunAisle, shop: sessionmaker[Session], inbox: Inbox
) -> None:
    change(shop, stock=3)
    assert aisle("notify", "--json").json == {"sent": 1, "failed": 0, "waiting": 1}
    change(shop, price=Decimal("29.50"))
    assert aisle("notify", "--json").json == {"sent": 1, "failed": 0, "waiting": 0}
    assert aisle("notify", "--json").json == {"sent": 0, "failed": 0, "waiting": 0}
    back, cheaper = inbox.letters
    assert (back.sender, back.to) == ("shop@shop.example", ["jane@example.com"])
    assert back.subject == "Reading Lamp is back in stock"
    assert cheaper.to == ["joe@example.com"]
    assert "It costs $29.50 now." in cheaper.text
    assert cheaper.text.splitlines()[-2:] == ["This is the only message about it.", "our shop"]


def test_a_server_that_is_down_is_said_and_loses_no_notice(
    aisle: RunAisle, shop: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(shop, stock=3)
    monkeypatch.setenv("AISLE_SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    done = aisle("notify", "--json")
    assert done.status == 1
    assert done.json == {"sent": 0, "failed": 1, "waiting": 2}
    assert "1 notices could not be sent" in done.err


def test_the_password_of_a_wrong_address_is_not_printed(
    aisle: RunAisle, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AISLE_SMTP_URL", "mail://user:secret@mail.example")
    done = aisle("notify")
    assert done.status == 1
    assert "AISLE_SMTP_URL names no mail server" in done.err
    assert "secret" not in done.out + done.err
