"""A mailbox as the desk, over real SMTP."""

import pytest

from bot.desk.answer_link import AnswerLinks
from bot.desk.email import EmailDesk
from bot.desk.port import DeskRefusedError, DeskUnavailableError
from bot.desk.ticket import Message
from bot.mail import Mailer
from bot.settings import Settings
from tests.bot.desk.tickets import ticket
from tests.inbox import open_inbox

LINKS = AnswerLinks("https://shop.example/aisle/", "k" * 43)


def mailer(url: str) -> Mailer:
    return Mailer.of(Settings(smtp_url=url, mail_from="shop@shop.example"))


def test_a_ticket_is_a_letter_with_a_link_to_answer() -> None:
    with open_inbox() as inbox:
        desk = EmailDesk(mailer(inbox.url), "help@shop.example", LINKS)
        thread = desk.open(ticket(), "k:open")
        desk.append(ticket(), thread, Message("k:1", "hello?"))
    opened, said = inbox.letters
    assert opened.to == ["help@shop.example"]
    assert "ada" not in opened.subject and opened.subject == said.subject
    assert "Customer: ada@example.com (verified by: code)" in opened.text
    assert "Customer: let me talk to somebody" in opened.text
    assert "Customer: hello?" in said.text
    address = next(line for line in opened.text.splitlines() if "Answer here" in line)
    assert "https://shop.example/aisle/desk/answer/" in address
    assert LINKS.ticket_of(address.rsplit("/", 1)[1]) == ticket().id


def test_without_an_address_of_the_service_there_is_no_link() -> None:
    with open_inbox() as inbox:
        EmailDesk(mailer(inbox.url), "help@shop.example", None).open(ticket(), "k:open")
    assert "http" not in inbox.letters[0].text


def test_a_letter_that_is_not_taken_is_tried_again_and_names_nobody() -> None:
    with open_inbox() as inbox, pytest.raises(DeskUnavailableError) as raised:
        EmailDesk(mailer(inbox.url), "nobody@shop.example", None).open(ticket(), "k:open")
    assert "@" not in str(raised.value)


def test_no_mailbox_is_no_desk() -> None:
    with pytest.raises(DeskRefusedError):
        EmailDesk(mailer("smtp://127.0.0.1:25"), "", None)


@pytest.mark.parametrize("token", ["", "x", "InQi.aaaa.bbbb", "é"])
def test_a_forged_link(token: str) -> None:
    assert LINKS.ticket_of(token) is None
    other = AnswerLinks("https://shop.example", "l" * 43).of("t").rsplit("/", 1)[1]
    assert LINKS.ticket_of(other) is None
