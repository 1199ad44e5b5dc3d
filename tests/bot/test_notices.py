"""Notices over a real SMTP server on loopback."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.evaluation.free_port import free_port
from bot.mail import Mailer, MailError
from bot.notices import send_due
from bot.settings import Settings
from bot.voice.voice import Voice
from catalog.models import NoticeKind
from catalog.notices import ask
from catalog.products import find_variant
from tests.inbox import Inbox, open_inbox

SHOP = "https://shop.example"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with open_inbox() as inbox:
        yield inbox


def mailer(inbox: Inbox) -> Mailer:
    return Mailer.of(Settings(smtp_url=inbox.url, mail_from="shop@example.com"))


def request(shop: sessionmaker[Session], email: str) -> None:
    with shop.begin() as session:
        variant = find_variant(session, "runner-blue-9")
        assert variant is not None
        ask(session, email, variant, NoticeKind.BACK_IN_STOCK)
        variant.stock = 5


def test_each_notice_is_sent_once(shop: sessionmaker[Session], inbox: Inbox, voice: Voice) -> None:
    request(shop, "jane@example.com")
    first, second = (
        send_due(shop, mailer(inbox), voice, SHOP),
        send_due(shop, mailer(inbox), voice, SHOP),
    )
    assert (first.sent, first.waiting) == (1, 0)
    assert second.sent == 0
    (letter,) = inbox.letters
    assert letter.to == ["jane@example.com"]
    assert letter.subject == "Heron Runner is back in stock"
    assert "blue, 9" in letter.text


def test_one_that_fails_stays_due_and_holds_no_other_up(
    shop: sessionmaker[Session], inbox: Inbox, voice: Voice
) -> None:
    request(shop, "nobody@example.com")
    request(shop, "jane@example.com")
    report = send_due(shop, mailer(inbox), voice, SHOP)
    assert (report.sent, report.failed, report.waiting) == (1, 1, 1)
    assert "no such mailbox" in report.reason
    assert len(inbox.letters) == 1


def test_a_server_that_is_down_loses_nothing(shop: sessionmaker[Session], voice: Voice) -> None:
    request(shop, "jane@example.com")
    away = Mailer.of(Settings(smtp_url=f"smtp://127.0.0.1:{free_port()}"))
    report = send_due(shop, away, voice, SHOP)
    assert (report.failed, report.waiting) == (1, 1)


@pytest.mark.parametrize("address", ["", "http://mail.example", "smtp://"])
def test_an_address_that_names_no_server_is_told(address: str) -> None:
    with pytest.raises(MailError, match="AISLE_SMTP_URL"):
        Mailer.of(Settings(smtp_url=address))
