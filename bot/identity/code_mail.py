"""The letter that brings a one-time code."""

import logging
import smtplib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from bot.identity.errors import CodesUnavailableError
from bot.mail import Mail, MailError

logger = logging.getLogger(__name__)

SUBJECT = "Your code"
TEXT = """\
{code} is your code for the shop's assistant. It's valid for {minutes} minutes and works once.

Nobody from the shop will ask you for it. If you did not ask for it, there is nothing to do: without
the code, nobody can see your order.
"""
_MOST_WAITING = 100
_REST_SECONDS = 60.0
"""After a failure of the server itself, nobody is promised a code for so long."""


class CodeMail:
    """Sends beside the conversation, so that no answer takes longer because a letter goes out.

    Nothing in it comes from who asked: neither name nor order number.
    """

    def __init__(self, mailer: Mail | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._mailer = mailer
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting = 0
        self._failed_at: float | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="code-mail")

    def check(self) -> None:
        """
        Raises:
            CodesUnavailableError: whoever asks, and for whatever order.
        """
        with self._lock:
            failed = self._failed_at
            full = self._waiting >= _MOST_WAITING
        rests = failed is not None and self._clock() - failed < _REST_SECONDS
        if self._mailer is None or full or rests:
            raise CodesUnavailableError

    def send(self, to: str, code: str, minutes: int) -> "Future[None]":
        """Puts the letter in line."""
        with self._lock:
            self._waiting += 1
        return self._worker.submit(self._deliver, to, code, minutes)

    def close(self) -> None:
        """Waits for what is in line."""
        self._worker.shutdown()

    def _deliver(self, to: str, code: str, minutes: int) -> None:
        assert self._mailer is not None  # noqa: S101 - `check` came before
        try:
            self._mailer.send(to, SUBJECT, TEXT.format(code=code, minutes=minutes))
        except MailError as error:
            # The server's own words may repeat the address.
            logger.error("A code could not be sent: %s", type(error.__cause__).__name__)
            if not isinstance(error.__cause__, smtplib.SMTPRecipientsRefused):
                with self._lock:
                    self._failed_at = self._clock()
        finally:
            with self._lock:
                self._waiting -= 1
