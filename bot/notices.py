"""Writing to the customers whose notices are due."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from bot.mail import Mail, MailError
from bot.voice.values import Money
from bot.voice.voice import Voice
from catalog.models import Notice, NoticeKind
from catalog.notices import Due, due, find_due


@dataclass(frozen=True, slots=True)
class Report:
    sent: int
    failed: int
    waiting: int
    """What nobody can be told of yet, or could not be."""
    reason: str = ""
    """Why the last one failed."""


def send_due(sessions: sessionmaker[Session], mailer: Mail, voice: Voice, shop_url: str) -> Report:
    """Sends each due notice once. One that fails stays due.

    Each is marked in a transaction of its own, at once after it was sent: if the program dies, at
    most one customer hears twice, and nobody never.

    Args:
        shop_url: What addresses of products without a host are relative to.
    """
    sent = failed = 0
    reason = ""
    with sessions() as session:
        ids = [each.notice.id for each in due(session)]
    for id in ids:
        with sessions.begin() as session:
            # Locked, so that of two runs one sends it. SQLite lets only one write anyway.
            ready = find_due(session, id)
            if ready is None:
                continue  # sold out again, or sent by another run
            try:
                mailer.send(ready.notice.email, *_letter(voice, ready, shop_url))
            except MailError as error:
                failed, reason = failed + 1, str(error)
                continue
            ready.notice.sent_at = datetime.now(UTC)
            sent += 1
    with sessions() as session:
        open_ones = select(func.count()).select_from(Notice).where(Notice.sent_at.is_(None))
        waiting = session.scalar(open_ones) or 0
    return Report(sent, failed, waiting, reason)


def _letter(voice: Voice, ready: Due, shop_url: str) -> tuple[str, str]:
    """Subject and text."""
    variant = ready.variant
    back = ready.notice.kind is NoticeKind.BACK_IN_STOCK
    told = {
        "kind": "back" if back else "price",
        "title": variant.product.title,
        "version": ", ".join(filter(None, (variant.color, variant.size))) or "none",
        "price": "none" if variant.price is None else Money(variant.price, variant.currency),
        # The demo shop's own addresses are relative to it.
        "url": urljoin(f"{shop_url}/", variant.url) if variant.url else "none",
    }
    return voice.say("letter-subject", **told), voice.say("letter-text", **told)
