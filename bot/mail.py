"""Sending mail over SMTP."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from bot.settings import Settings

_SECONDS = 20
_PORTS = {"smtp": 25, "smtps": 465}


class MailError(Exception):
    """A message can't be sent; the message says why."""


@dataclass(frozen=True, slots=True)
class Mailer:
    """One mail server, and whom the shop's mail is from."""

    host: str
    port: int
    sender: str
    tls: bool = False
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, settings: Settings) -> "Mailer":
        """The server that the settings name.

        Raises:
            MailError: the address names none.
        """
        parts = urlsplit(settings.smtp_url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise MailError(
                "AISLE_SMTP_URL names no mail server; write smtp://host:25, or "
                "smtps://user:password@host for TLS."
            )
        return cls(
            parts.hostname,
            parts.port or _PORTS[parts.scheme],
            settings.mail_from,
            parts.scheme == "smtps",
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )

    def send(self, to: str, subject: str, text: str) -> None:
        """One plain message.

        Raises:
            MailError: the server did not take it.
        """
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message.set_content(text)
        try:
            with self._connect() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"{self.host}:{self.port}: {error}") from error

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            elif self.user:
                server.close()
                raise MailError(
                    f"{self.host}:{self.port} offers no TLS, and the password would go in the"
                    " clear. Use smtps://, or a server with STARTTLS."
                )
        if self.user:
            server.login(self.user, self.password)
        return server
