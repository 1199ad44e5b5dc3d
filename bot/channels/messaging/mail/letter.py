"""A letter as it arrived, and what of it the customer wrote now."""

import logging
import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from bot import audit
from bot.channels.messaging.mail.automatic import why_automatic
from bot.channels.messaging.mail.quoting import own_words
from bot.channels.messaging.mail.threads import Threads
from bot.channels.messaging.mail.words import words_of
from bot.channels.messaging.webhook import Incoming

logger = logging.getLogger(__name__)

_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[\w-]+(?:\.[\w-]+)*", re.ASCII)
_ID = re.compile(r"<[^<>\s]{1,250}>")
_REFERENCES = 20
_SUBJECT = 200


def read_letter(
    raw: bytes, threads: Threads, ours: str, authserv: str, received_at: float = 0.0
) -> Incoming | None:
    """What a customer wrote; None for what no person did, or no one can be believed to have.

    Args:
        ours: the shop's address, in lower case.
        authserv: as `Email.authserv`.
        received_at: seconds since the epoch; 0 where nobody knows.
    """
    try:
        found = message_from_bytes(raw, _class=EmailMessage, policy=default)
        incoming = _read(found, threads, ours, authserv)
    except Exception as error:
        # Whatever `email` raises over a letter that somebody made to break it: it would come again
        # and again, and the next ones never.
        logger.warning("A letter could not be read: %s", type(error).__name__)
        return None
    return None if incoming is None else replace(incoming, sent_at=received_at)


def _read(letter: EmailMessage, threads: Threads, ours: str, authserv: str) -> Incoming | None:
    sender = _sender(letter)
    message_id = next(iter(_ID.findall(str(letter.get("Message-ID", "")))), "")
    reason = _why_not(letter, sender, message_id, ours, authserv)
    if reason:
        audit.refused("a letter", reason)
        return None
    earlier = _ID.findall(f"{letter.get('References', '')} {letter.get('In-Reply-To', '')}")
    continued = threads.of(reversed(earlier), sender)
    subject = " ".join(str(letter.get("Subject", "")).split())[:_SUBJECT]
    address = {
        "to": sender,
        "subject": subject,
        "thread": continued or threads.opened_by(message_id),
        "references": [*earlier, message_id][-_REFERENCES:],
    }
    words = own_words(words_of(letter))
    if not words and not continued:
        words = subject  # some write nothing below it
    user = f"{sender} {address['thread']}"
    return Incoming(message_id, user, words, address, person=sender)


def _sender(letter: EmailMessage) -> str:
    """In lower case; empty unless there is just one that can be written to.

    `Reply-To` is left alone: answers about a customer's orders would go wherever a forger says.
    """
    addresses = [each.addr_spec for line in letter.get_all("From", []) for each in line.addresses]
    if len(addresses) != 1 or not _ADDRESS.fullmatch(addresses[0]):
        return ""
    return str(addresses[0]).lower()


def _why_not(letter: EmailMessage, sender: str, message_id: str, ours: str, authserv: str) -> str:
    """Why it is left alone, in a few words; empty for what a person seems to have written."""
    if not sender or not message_id:
        return "of nobody"
    if sender == ours:
        return "our own"
    if authserv and not _is_authentic(letter, sender, authserv):
        return "not proved to be its sender's"
    return why_automatic(letter, sender)


def _is_authentic(letter: EmailMessage, sender: str, authserv: str) -> bool:
    """By the topmost result of our own server: what is below it came with the letter."""
    domain = re.escape(sender.rpartition("@")[2])
    for result in letter.get_all("Authentication-Results", []):
        said = " ".join(str(result).lower().split())
        if not re.match(rf"{re.escape(authserv.lower())}(?: \d+)?\s*;", said):
            continue
        dmarc = rf"\bdmarc=pass\b[^;]*\bheader\.from={domain}(?![\w.-])"
        dkim = rf"\bdkim=pass\b[^;]*\bheader\.(?:d=|i=@){domain}(?![\w.-])"
        return bool(re.search(dmarc, said) or re.search(dkim, said))
    return False
