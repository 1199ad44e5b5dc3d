"""The shop's mailbox, over IMAP: what is unseen, and marking it as seen."""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_SECONDS = 20
_PORTS = {"imap": 143, "imaps": 993}
_LARGEST_LETTER = 1024 * 1024
"""Bytes that are read of one: words come before what is attached."""
_AT_ONCE = 50
_UID = re.compile(rb"UID (\d+)")
_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


class MailboxError(Exception):
    """The mailbox can't be read; says why."""


@dataclass(frozen=True)
class Unseen:
    """A letter that nobody has read."""

    number: str
    raw: bytes = field(repr=False)
    received_at: float
    """By the server's clock, in seconds since the epoch: the letter's own date is anybody's."""


@dataclass(frozen=True)
class Mailbox:
    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)

    @classmethod
    def at(cls, url: str) -> "Mailbox":
        """
        Raises:
            MailboxError: the address names none.
        """
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname or not parts.username:
            raise MailboxError(
                "AISLE_EMAIL_IMAP_URL names no mailbox; write imaps://user:password@host."
            )
        return cls(
            parts.hostname,
            parts.port or _PORTS[parts.scheme],
            parts.scheme == "imaps",
            unquote(parts.username),
            unquote(parts.password or ""),
        )

    def unseen(self) -> list[Unseen]:
        """The oldest letters that nobody has read; they stay unread.

        Raises:
            MailboxError: the server is away, or does not let us in.
        """
        with self._opened() as server:
            numbers = server.uid("SEARCH", "UNSEEN")[1][0].split()[:_AT_ONCE]
            if not numbers:
                return []
            wanted = f"(UID INTERNALDATE BODY.PEEK[]<0.{_LARGEST_LETTER}>)"
            answer = server.uid("FETCH", b",".join(numbers).decode(), wanted)[1]
            letters = []
            for part in answer:
                if isinstance(part, tuple) and (found := _UID.search(part[0])):
                    at = imaplib.Internaldate2tuple(part[0])
                    received_at = time.mktime(at) if at else 0.0
                    letters.append(Unseen(found[1].decode(), part[1], received_at))
            return letters

    def mark_seen(self, numbers: Sequence[str]) -> None:
        """
        Raises:
            MailboxError: as above.
        """
        with self._opened() as server:
            server.uid("STORE", ",".join(numbers), "+FLAGS.SILENT", r"(\Seen)")

    def check(self) -> None:
        """
        Raises:
            MailboxError: as above.
        """
        with self._opened():
            pass

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        try:
            with self._connect() as server:
                self._log_in(server)
                status, _ = server.select("INBOX")
                if status != "OK":
                    raise MailboxError(f"{self.host} has no INBOX for us.")
                yield server
        except (OSError, imaplib.IMAP4.error) as error:
            reason = str(error) or type(error).__name__
            raise MailboxError(f"{self.host}:{self.port}: {reason}") from error

    def _log_in(self, server: imaplib.IMAP4) -> None:
        if not self.tls and "STARTTLS" in server.capabilities:
            server.starttls(ssl.create_default_context())
        elif not self.tls and self.host not in _THIS_MACHINE:
            raise MailboxError(
                f"{self.host}:{self.port} offers no TLS, and the password would go in the clear."
                " Use imaps://, or a server with STARTTLS."
            )
        server.login(self.user, self.password)

    def _connect(self) -> imaplib.IMAP4:
        if not self.tls:
            return imaplib.IMAP4(self.host, self.port, _SECONDS)
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=_SECONDS)
