"""Notices over a real SMTP server on loopback."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy.orm import Session, sessionmaker

from bot.mail import Mailer, MailError
from bot.notices import send_due
from bot.settings import Settings
from bot.voice.voice import Voice
from catalog.models import NoticeKind
from catalog.notices import ask
from catalog.products import find_variant
from tests.assistant import free_port

SHOP = "https://shop.example"


class Inbox:
    """Keeps what it is sent; refuses mail for nobody@."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        parsed = message_from_bytes(envelope.content, policy=default)
        self.letters.append(parsed)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, Mailer]]:
    handler, port = Inbox(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings = Settings(smtp_url=f"smtp://127.0.0.1:{port}", mail_from="shop@example.com")
    yield handler, Mailer.of(settings)
    controller.stop()


def request(shop: sessionmaker[Session], email: str) -> None:
    with shop.begin() as session:
        variant = find_variant(session, "runner-blue-9")
        assert variant is not None
        ask(session, email, variant, NoticeKind.BACK_IN_STOCK)
        variant.stock = 5


def test_each_notice_is_sent_once(
    shop: sessionmaker[Session], inbox: tuple[Inbox, Mailer], voice: Voice
) -> None:
    handler, mailer = inbox
    request(shop, "jane@example.com")
    first, second = send_due(shop, mailer, voice, SHOP), send_due(shop, mailer, voice, SHOP)
    assert (first.sent, first.waiting) == (1, 0)
    assert second.sent == 0
    (letter,) = handler.letters
    assert letter["To"] == "jane@example.com"
    assert letter["Subject"] == "Heron Runner is back in stock"
    assert "blue, 9" in letter.get_content()


def test_one_that_fails_stays_due_and_holds_no_other_up(
    shop: sessionmaker[Session], inbox: tuple[Inbox, Mailer], voice: Voice
) -> None:
    handler, mailer = inbox
    request(shop, "nobody@example.com")
    request(shop, "jane@example.com")
    report = send_due(shop, mailer, voice, SHOP)
    assert (report.sent, report.failed, report.waiting) == (1, 1, 1)
    assert "no such mailbox" in report.reason
    assert len(handler.letters) == 1


def test_a_server_that_is_down_loses_nothing(shop: sessionmaker[Session], voice: Voice) -> None:
    request(shop, "jane@example.com")
    away = Mailer.of(Settings(smtp_url=f"smtp://127.0.0.1:{free_port()}"))
    report = send_due(shop, away, voice, SHOP)
    assert (report.failed, report.waiting) == (1, 1)


@pytest.mark.parametrize("address", ["", "http://mail.example", "smtp://"])
def test_an_address_that_names_no_server_is_told(address: str) -> None:
    with pytest.raises(MailError, match="AISLE_SMTP_URL"):
        Mailer.of(Settings(smtp_url=address))
