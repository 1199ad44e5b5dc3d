"""A mail server, over SMTP. Runs in both environments, so it needs nothing but Python."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

_SECONDS = 20
_PORTS = {"smtp": 25, "smtps": 465}


class MailError(Exception):
    """A message can't be sent; the message says why."""


@dataclass(frozen=True)
class SmtpServer:
    """Where it is, and how to log in."""

    host: str
    port: int
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def at(cls, url: str, setting: str) -> "SmtpServer":
        """
        Args:
            url: `smtp://[user:password@]host[:port]`, with `smtps` for TLS from the start.
            setting: whose value that is.

        Raises:
            MailError: the address names no server.
        """
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise MailError(
                f"{setting} names no mail server; write smtp://host:25, or "
                "smtps://user:password@host for TLS."
            )
        return cls(
            parts.hostname,
            parts.port or _PORTS[parts.scheme],
            parts.scheme == "smtps",
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )

    def send(self, message: EmailMessage) -> None:
        """
        Raises:
            MailError: the server did not take it.
        """
        with self._opened() as server:
            server.send_message(message)

    def check(self) -> None:
        """
        Raises:
            MailError: the server is away, or does not let us in.
        """
        with self._opened():
            pass

    @contextmanager
    def _opened(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context()
        try:
            with self._connect(context) as server:
                self._log_in(server, context)
                yield server
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"{self.host}:{self.port}: {error}") from error

    def _connect(self, context: ssl.SSLContext) -> smtplib.SMTP:
        if self.tls:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=_SECONDS)

    def _log_in(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo()
        if not self.tls and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif not self.tls and self.user:
            raise MailError(
                f"{self.host}:{self.port} offers no TLS, and the password would go in the"
                " clear. Use smtps://, or a server with STARTTLS."
            )
        if self.user:
            server.login(self.user, self.password)
