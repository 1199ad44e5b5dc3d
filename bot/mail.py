"""The shop's own mail: notices, codes, tickets."""

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from bot import mailbox
from bot.settings import Settings
from bot.smtp import MailError as MailError
from bot.smtp import SmtpServer


class Mail(Protocol):
    """Whatever sends the shop's mail."""

    def send(self, to: str, subject: str, text: str) -> None:
        """One plain message.

        Raises:
            MailError: it can't be sent.
        """


@dataclass(frozen=True, slots=True)
class DemoMail:
    """Without a mail server: the demo's customers have a mailbox, and nobody else."""

    folder: Path

    def send(self, to: str, subject: str, text: str) -> None:
        if not mailbox.is_nobodys(to):
            # As a server that refuses this reader alone: whoever asked must not learn from a
            # failure that there was somebody to write to.
            refused = smtplib.SMTPRecipientsRefused({})
            message = "There is no mail server. Set AISLE_SMTP_URL, smtp://host:25."
            raise MailError(message) from refused
        mailbox.put(self.folder, to, subject, text)


def mail_of(settings: Settings) -> Mail:
    """What the settings name.

    Raises:
        MailError: the address names no server.
    """
    return Mailer.of(settings) if settings.smtp_url else DemoMail(settings.data_dir)


@dataclass(frozen=True, slots=True)
class Mailer:
    """One mail server, and whom the shop's mail is from."""

    server: SmtpServer
    sender: str

    @classmethod
    def of(cls, settings: Settings) -> "Mailer":
        """The server that the settings name.

        Raises:
            MailError: the address names none.
        """
        return cls(SmtpServer.at(settings.smtp_url, "AISLE_SMTP_URL"), settings.mail_from)

    def send(
        self, to: str, subject: str, text: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """One plain message; `headers` come to those that every message has.

        Raises:
            MailError: the server did not take it.
        """
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        for name, value in (headers or {}).items():
            message[name] = value
        message.set_content(text)
        self.server.send(message)
