"""Answers by mail: one letter for each turn, in the customer's thread."""

import asyncio
import smtplib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any

from bot.channels.messaging.backoff import ATTEMPTS, pause_after
from bot.channels.messaging.call import Failure
from bot.channels.messaging.mail.channel import Email
from bot.channels.messaging.mail.threads import Threads
from bot.channels.messaging.platform import Rendered, SendError
from bot.smtp import MailError, SmtpServer

_PAGE = '<!doctype html><html><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>'


class Postman:
    """The way out to customers' mailboxes."""

    def __init__(
        self,
        email: Email,
        threads: Threads,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """
        Raises:
            MailError: the channel names no server.
        """
        self._server = SmtpServer.at(email.smtp_url, "AISLE_EMAIL_SMTP_URL")
        self._email = email
        self._threads = threads
        self._sleep = sleep

    async def send(self, rendered: Sequence[Rendered], address: Mapping[str, Any]) -> None:
        """
        Raises:
            SendError: the server does not take it, or is away.
        """
        letter = self._letter(rendered, address)
        for attempt in range(ATTEMPTS):
            try:
                await asyncio.to_thread(self._server.send, letter)
            except MailError as error:
                failure = Failure(type(error.__cause__ or error).__name__, _may_pass(error))
                if not failure.may_retry or attempt == ATTEMPTS - 1:
                    raise SendError(failure.reason) from error
                await self._sleep(pause_after(attempt, failure))
            else:
                return

    def _letter(self, rendered: Sequence[Rendered], address: Mapping[str, Any]) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"] = self._email.address, address["to"]
        subject = address["subject"]
        is_answer = subject.lower().startswith("re:") or not subject
        letter["Subject"] = subject if is_answer else f"Re: {subject}"
        letter["Date"] = formatdate()
        letter["Message-ID"] = self._threads.new_id(address["thread"], address["to"])
        letter["In-Reply-To"] = address["references"][-1]
        letter["References"] = " ".join(address["references"])
        if not address.get("is_late"):  # a person's own words are no machine's
            # So that no other machine answers: RFC 3834, and Exchange's own header.
            letter["Auto-Submitted"] = "auto-replied"
            letter["X-Auto-Response-Suppress"] = "All"
        letter.set_content("\n\n".join(each.body["text"] for each in rendered))
        page = _PAGE.format(body="\n".join(each.body["html"] for each in rendered))
        letter.add_alternative(page, subtype="html")
        return letter


def _may_pass(error: MailError) -> bool:
    """A code of 4xx, or no connection."""
    cause = error.__cause__
    if isinstance(cause, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _ in cause.recipients.values())
    if isinstance(cause, smtplib.SMTPResponseException):
        return 400 <= cause.smtp_code < 500
    return isinstance(cause, OSError)
