"""Letters that nobody waits for an answer to: an answer would be a loop, or reach the wrong ones.

After RFC 3834, and what mail programs send in its place.
"""

import re
from collections.abc import Callable
from email.message import EmailMessage

_LISTS = ("list-id", "list-post", "list-unsubscribe", "mailing-list", "x-mailing-list")
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_NOT_PEOPLE = re.compile(
    r"(?:mailer-daemon|postmaster|bounces?|(?:do-?)?no[t_-]*reply)(?:[+._-].*)?", re.IGNORECASE
)


def why_automatic(letter: EmailMessage, sender: str) -> str:
    """Why it is not answered, in a few words; empty for what a person seems to have written."""
    return next((reason for reason, is_so in _SIGNS if is_so(letter, sender)), "")


def _said(letter: EmailMessage, header: str) -> str:
    return str(letter.get(header, "")).strip().lower()


def _is_auto_submitted(letter: EmailMessage, sender: str) -> bool:
    submitted = _said(letter, "Auto-Submitted").partition(";")[0].strip()
    suppressed = set(re.findall(r"\w+", _said(letter, "X-Auto-Response-Suppress")))
    marked = any(header in letter for header in ("X-Autoreply", "X-Autorespond"))
    return submitted not in ("", "no") or bool(suppressed & {"all", "autoreply"}) or marked


def _is_bounce(letter: EmailMessage, sender: str) -> bool:
    is_report = letter.get_content_type() == "multipart/report"
    return is_report or "X-Failed-Recipients" in letter or _said(letter, "Return-Path") == "<>"


_SIGNS: tuple[tuple[str, Callable[[EmailMessage, str], bool]], ...] = (
    ("an automatic reply", _is_auto_submitted),
    ("a bounce", _is_bounce),
    ("of a mailing list", lambda letter, _: any(header in letter for header in _LISTS)),
    ("bulk mail", lambda letter, _: _said(letter, "Precedence") in _BULK),
    ("of no person", lambda _, sender: bool(_NOT_PEOPLE.fullmatch(sender.partition("@")[0]))),
    ("spam", lambda letter, _: _said(letter, "X-Spam-Flag") == "yes"),
)
