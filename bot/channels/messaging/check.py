"""`python -m bot.channels.messaging.check`: asks every platform whose keys these are.

Prints a JSON list of `{"check", "level", "detail", "do"}`, for `aisle validate channels`.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping

from bot.channels.messaging.mail.channel import Email
from bot.channels.messaging.mail.mailbox import Mailbox, MailboxError
from bot.channels.messaging.platform import Channel, Platform
from bot.channels.messaging.registry import PLATFORMS, MissingKeyError, of_environment
from bot.channels.messaging.sender import Sender
from bot.smtp import MailError, SmtpServer

Finding = Mapping[str, str]


async def findings(environment: Mapping[str, str]) -> list[Finding]:
    """One for each platform that has keys."""
    found = []
    kinds: tuple[type[Channel], ...] = (*PLATFORMS, Email)
    for kind in kinds:
        try:
            channel = of_environment(kind, environment)
        except MissingKeyError as error:
            do = "Set it, or empty the others: docs/channels.md."
            found.append(_finding(kind.name, "error", str(error), do))
            continue
        if isinstance(channel, Platform):
            found.append(await _asked(channel, environment.get("AISLE_CHANNELS_URL", "")))
        elif isinstance(channel, Email):
            found.append(_opened(channel))
    return found


def _opened(email: Email) -> Finding:
    try:
        SmtpServer.at(email.smtp_url, "AISLE_EMAIL_SMTP_URL").check()
        Mailbox.at(email.imap_url).check()
    except (MailError, MailboxError) as error:
        return _finding("email", "error", str(error), "Mend AISLE_EMAIL_IMAP_URL or …_SMTP_URL.")
    if not email.authserv:
        detail = f"{email.address}; anybody can write in anybody's name"
        do = "Set AISLE_EMAIL_AUTHSERV: docs/channels.md."
        return _finding("email", "warning", detail, do)
    return _finding("email", "ok", f"reads the mail of {email.address}")


async def _asked(platform: Platform, channels_url: str) -> Finding:
    answer, failure = await Sender(platform, attempts=1).ask(platform.who_am_i())
    name = platform.name
    if answer is None or failure is not None:
        reason = failure.reason if failure else "no answer"
        if failure and failure.may_retry:
            do = "It can't be reached from here: try again, and look at the network."
        else:
            do = f"The keys are not good: make new ones, and set AISLE_{name.upper()}_…"
        return _finding(name, "error", reason, do)
    detail = f"connected as {platform.account_in(answer)}"
    route = f"/webhooks/messaging/{name}"
    if not channels_url:
        do = f"Set AISLE_CHANNELS_URL, and enter its address with {route} at the platform."
        return _finding(name, "warning", detail, do)
    return _finding(name, "ok", f"{detail}; its webhook is {channels_url.rstrip('/')}{route}")


def _finding(channel: str, level: str, detail: str, do: str = "") -> Finding:
    return {"check": f"Channel {channel}", "level": level, "detail": detail, "do": do}


if __name__ == "__main__":
    json.dump(asyncio.run(findings(os.environ)), sys.stdout)
