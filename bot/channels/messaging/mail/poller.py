"""Looks into the mailbox, again and again."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence

from limits import RateLimitItemPerDay, RateLimitItemPerHour

from bot import audit
from bot.channels.messaging.exchange import Exchange
from bot.channels.messaging.mail.channel import Email
from bot.channels.messaging.mail.letter import read_letter
from bot.channels.messaging.mail.mailbox import Mailbox, MailboxError, Unseen
from bot.channels.messaging.mail.threads import Threads
from bot.channels.messaging.webhook import Incoming
from bot.channels.rate_limits import RateLimits

logger = logging.getLogger(__name__)

LETTERS_OF_PERSON = (RateLimitItemPerHour(30), RateLimitItemPerDay(100))
"""More than anybody writes. A machine that does not say that it is one may begin a new thread with
each of its answers: then no limit of a conversation ever holds it."""


class Poller:
    """What it finds is noted before it is marked as seen: a letter comes twice rather than never,
    and the second time it is known."""

    def __init__(
        self, email: Email, threads: Threads, exchange: Exchange, limits: RateLimits
    ) -> None:
        """
        Raises:
            MailboxError: the channel names no mailbox.
        """
        self._mailbox = Mailbox.at(email.imap_url)
        self._email = email
        self._threads = threads
        self._exchange = exchange
        self._limits = limits
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                await self._look()
            except MailboxError as error:
                logger.error("The mailbox can't be read: %s", error)
            except Exception:
                logger.exception("The mailbox could not be looked through.")
            await asyncio.sleep(float(self._email.poll_seconds))

    async def _look(self) -> None:
        letters = await asyncio.to_thread(self._mailbox.unseen)
        # In a thread, too: a page takes a while to read, and turns go on meanwhile.
        for incoming in await asyncio.to_thread(self._read, letters):
            if await self._limits.allow("letter", incoming.person, *LETTERS_OF_PERSON):
                self._exchange.receive([incoming])
            else:
                audit.refused("a letter", "too many")
        if letters:
            await asyncio.to_thread(self._mailbox.mark_seen, [each.number for each in letters])

    def _read(self, letters: Sequence[Unseen]) -> list[Incoming]:
        ours, authserv = self._email.account, self._email.authserv
        found = (
            read_letter(each.raw, self._threads, ours, authserv, each.received_at)
            for each in letters
        )
        return [incoming for incoming in found if incoming is not None]
