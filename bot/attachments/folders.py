"""What the shop's people see of what customers added to their returns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import Session, sessionmaker, undefer

from bot.attachments.links import AttachmentLinks
from bot.attachments.taken import Taken, taken
from bot.settings import Settings
from catalog.models import Attachment, AttachmentFolder


@dataclass(frozen=True, slots=True)
class Folder:
    """What was added to one return."""

    id: str
    order_number: str
    return_number: str | None
    """None where a person got the conversation before the return was started."""
    kept_at: datetime
    files: tuple[Taken, ...]
    link: str
    """It expires; a new one is made each time."""


class Folders:
    """Those that the shop has. Thread-safe."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        links: AttachmentLinks,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._sessions = sessions
        self._links = links
        self._clock = clock

    @classmethod
    def of(cls, settings: Settings, sessions: sessionmaker[Session]) -> "Folders":
        return cls(sessions, AttachmentLinks.of(settings))

    def take_over(self, conversation: str) -> tuple[Folder, ...]:
        """All that the conversation has added, for the person who gets it now."""
        with self._sessions.begin() as session:
            session.execute(
                update(AttachmentFolder)
                .where(
                    AttachmentFolder.conversation_id == conversation,
                    AttachmentFolder.kept_at.is_(None),
                    exists().where(Attachment.folder_id == AttachmentFolder.id),
                )
                .values(kept_at=self._clock())
                .execution_options(synchronize_session=False)
            )
            return self._found(session, AttachmentFolder.conversation_id == conversation)

    def latest(self, most: int, number: str = "") -> tuple[Folder, ...]:
        """The newest, newest first.

        Args:
            number: of a return or an order, in upper or lower case; empty is of any.
        """
        named = or_(
            func.upper(AttachmentFolder.return_number) == number.upper(),
            func.upper(AttachmentFolder.order_number) == number.upper(),
        )
        with self._sessions() as session:
            return self._found(session, *([named] if number else []), most=most)

    def of_link(self, token: str) -> Folder | None:
        """What a link leads to; None where it is forged, old, or leads nowhere any more."""
        id = self._links.folder_of(token)
        if id is None:
            return None
        with self._sessions() as session:
            return next(iter(self._found(session, AttachmentFolder.id == id)), None)

    def content(self, folder: Folder, id: str) -> bytes | None:
        """One file of a folder, whole; None where it has no such file."""
        with self._sessions() as session:
            found = session.scalar(
                select(Attachment)
                .where(Attachment.id == id, Attachment.folder_id == folder.id)
                .options(undefer(Attachment.content))
            )
            return None if found is None else found.content

    def _found(
        self, session: Session, *which: ColumnElement[bool], most: int | None = None
    ) -> tuple[Folder, ...]:
        newest = (
            select(AttachmentFolder)
            .where(AttachmentFolder.kept_at.is_not(None), *which)
            .order_by(AttachmentFolder.kept_at.desc(), AttachmentFolder.id)
            .limit(most)
        )
        return tuple(self._folder(session, row) for row in session.scalars(newest))

    def _folder(self, session: Session, row: AttachmentFolder) -> Folder:
        files = (
            select(Attachment)
            .where(Attachment.folder_id == row.id)
            .order_by(Attachment.created_at, Attachment.id)
        )
        return Folder(
            id=row.id,
            order_number=row.order_number,
            return_number=row.return_number,
            kept_at=row.kept_at or row.created_at,
            files=tuple(map(taken, session.scalars(files))),
            link=self._links.link(row.id),
        )
