"""A shop to which customers send files."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.attachments.attachments import AttachmentLimits, Attachments
from bot.attachments.folders import Folders
from bot.attachments.links import AttachmentLinks
from catalog.database import connect, sessions
from catalog.models import Base


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 27, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: int) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    engine = connect(f"sqlite:///{tmp_path / 'shop.db'}")
    Base.metadata.create_all(engine)
    yield sessions(engine)
    engine.dispose()


@pytest.fixture
def links() -> AttachmentLinks:
    return AttachmentLinks("https://shop.example", "a key for tests")


@pytest.fixture
def attachments(shop: sessionmaker[Session], links: AttachmentLinks, clock: Clock) -> Attachments:
    return Attachments(shop, links, AttachmentLimits(megabytes=1, most=2), clock)


@pytest.fixture
def folders(shop: sessionmaker[Session], links: AttachmentLinks, clock: Clock) -> Folders:
    return Folders(shop, links, clock)
