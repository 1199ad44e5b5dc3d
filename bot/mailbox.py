"""The demo shop's mailbox: mail to addresses that nobody has, for its visitors to read.

Its customers have addresses of RFC 2606's domains, to which no mail can be sent. Mail to any other
address is refused, so that the page that shows the mailbox never shows somebody's mail.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

_NOBODYS = ("example.com", "example.net", "example.org", "example", "test", "invalid", "localhost")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Mail:
    id: str
    at: str
    """ISO 8601, in UTC."""
    to: str
    subject: str
    text: str


def is_nobodys(address: str) -> bool:
    """Whether no mail can ever reach the address."""
    domain = address.rpartition("@")[2].lower()
    return any(domain == name or domain.endswith(f".{name}") for name in _NOBODYS)


def put(folder: Path, to: str, subject: str, text: str) -> None:
    mail = Mail(uuid4().hex, datetime.now(UTC).isoformat(timespec="seconds"), to, subject, text)
    path = _file(folder)
    path.touch(mode=0o600)
    with path.open("a") as file:
        file.write(json.dumps(asdict(mail)) + "\n")


def latest(folder: Path) -> list[Mail]:
    """The newest first."""
    path = _file(folder)
    if not path.exists():
        return []
    lines = path.read_text().splitlines()[-_SHOWN:]
    return [Mail(**json.loads(line)) for line in reversed(lines)]


def _file(folder: Path) -> Path:
    return folder / "mailbox.jsonl"
