"""What customers add to their returns: taken where it was asked for, and kept once it counts."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.attachments import content
from bot.attachments.errors import NotInvitedError, TooLargeError, TooManyFilesError
from bot.attachments.file_name import file_name
from bot.attachments.links import AttachmentLinks
from bot.attachments.taken import Taken, taken
from bot.settings import Settings
from catalog.models import Attachment, AttachmentFolder

OPEN_FOR = timedelta(hours=1)
"""An invitation, from the last time that it was made."""
_ID_BYTES = 24
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class AttachmentLimits:
    megabytes: int = 8
    """Of one file."""
    most: int = 5
    """For one return; none are asked for where it is 0."""

    @property
    def most_bytes(self) -> int:
        return self.megabytes * MEGABYTE


class Attachments:
    """Shared by every process of the shop, through its database. Thread-safe."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        links: AttachmentLinks,
        limits: AttachmentLimits = AttachmentLimits(),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._sessions = sessions
        self._links = links
        self.limits = limits
        self._clock = clock

    @classmethod
    def of(cls, settings: Settings, sessions: sessionmaker[Session]) -> "Attachments":
        limits = AttachmentLimits(settings.attachment_megabytes, settings.attachments)
        return cls(sessions, AttachmentLinks.of(settings), limits)

    def invite(self, conversation: str, device: str, order_number: str) -> None:
        """Lets this device add files to a return of the order, for an hour from now.

        What it added to a return that came to nothing is deleted.
        """
        now = self._clock()
        with self._sessions.begin() as session:
            folder = _open_folder(session, conversation, device)
            if folder is not None and folder.order_number != order_number:
                session.delete(folder)
                folder = None
            if folder is None:
                folder = AttachmentFolder(
                    id=secrets.token_urlsafe(_ID_BYTES),
                    conversation_id=conversation,
                    device_id=device,
                    order_number=order_number,
                    created_at=now,
                )
                session.add(folder)
            folder.open_until = now + OPEN_FOR

    def expects(self, conversation: str, device: str) -> bool:
        """Whether a file would be taken now, for all that is known before it comes."""
        with self._sessions() as session:
            folder = _open_folder(session, conversation, device)
            return folder is not None and folder.open_until > self._clock()

    def add(self, conversation: str, device: str, message: str, name: str, data: bytes) -> Taken:
        """Takes a file. The same message again is the same file.

        Raises:
            AttachmentError: it is not taken; the error says why, in words for the customer.
        """
        if len(data) > self.limits.most_bytes:
            raise TooLargeError(self.limits.megabytes)
        with self._sessions() as session:
            # Before it is decoded, which is work: whether anybody wants it.
            if known := self._room_for(session, conversation, device, message):
                return known
        found = content.read(data)
        attachment = Attachment(
            id=secrets.token_urlsafe(_ID_BYTES),
            message_id=message,
            name=file_name(name, found.media_type),
            media_type=found.media_type,
            content=found.data,
            preview=found.preview,
            created_at=self._clock(),
        )
        try:
            with self._sessions.begin() as session:
                # Locks the folder, as an UPDATE does in every database: of two files that come at
                # once, one is counted after the other.
                session.execute(
                    update(AttachmentFolder)
                    .where(*_is_open(conversation, device))
                    .values(device_id=device)
                    .execution_options(synchronize_session=False)
                )
                if known := self._room_for(session, conversation, device, message):
                    return known
                folder = _open_folder(session, conversation, device)
                if folder is None:
                    raise NotInvitedError
                attachment.folder_id = folder.id
                session.add(attachment)
                session.flush()
                return taken(attachment)
        except IntegrityError as error:  # erased while it was decoded
            raise NotInvitedError from error

    def remove(self, conversation: str, device: str, id: str) -> bool:
        """Deletes a file that the shop does not have yet, and says whether there was one."""
        open_ones = select(AttachmentFolder.id).where(*_is_open(conversation, device))
        which = (Attachment.id == id, Attachment.folder_id.in_(open_ones))
        with self._sessions.begin() as session:
            done: CursorResult[Any] = session.connection().execute(delete(Attachment).where(*which))
            return bool(done.rowcount)

    def preview(self, conversation: str, id: str) -> bytes | None:
        """The small picture of one of the conversation's files, empty of a PDF; None where there is
        no such file."""
        with self._sessions() as session:
            found = session.execute(
                select(Attachment.id, Attachment.preview)
                .join(AttachmentFolder, AttachmentFolder.id == Attachment.folder_id)
                .where(Attachment.id == id, AttachmentFolder.conversation_id == conversation)
            ).one_or_none()
            return None if found is None else found.preview or b""

    def count(self, conversation: str, device: str) -> int:
        """How many files the device has added to the return that is being started."""
        with self._sessions() as session:
            return _count(session, *_is_open(conversation, device))

    def link(self, conversation: str, device: str) -> str:
        """The shop's link to them; empty where there are none."""
        with self._sessions() as session:
            folder = _open_folder(session, conversation, device)
            if folder is None or not _count(session, AttachmentFolder.id == folder.id):
                return ""
            return self._links.link(folder.id)

    def keep(self, conversation: str, device: str, return_number: str) -> int:
        """The return is started: what was added belongs to it. Says how many files that are."""
        with self._sessions.begin() as session:
            folder = _open_folder(session, conversation, device)
            if folder is None:
                return 0
            count = _count(session, AttachmentFolder.id == folder.id)
            if not count:
                session.delete(folder)
                return 0
            folder.return_number, folder.kept_at = return_number, self._clock()
            return count

    def forget(self, conversation: str, device: str) -> None:
        """The return comes to nothing: so does what was added to it."""
        with self._sessions.begin() as session:
            session.execute(delete(AttachmentFolder).where(*_is_open(conversation, device)))

    def forget_abandoned(self) -> int:
        """Deletes what was added to returns that nobody went on with; says how many of them."""
        left = (AttachmentFolder.kept_at.is_(None), AttachmentFolder.open_until < self._clock())
        with self._sessions.begin() as session:
            done: CursorResult[Any] = session.connection().execute(
                delete(AttachmentFolder).where(*left)
            )
            return done.rowcount

    def _room_for(
        self, session: Session, conversation: str, device: str, message: str
    ) -> Taken | None:
        """The file of this message, if it is there already.

        Raises:
            NotInvitedError, TooManyFilesError: it is not, and there is no room for it.
        """
        folder = _open_folder(session, conversation, device)
        if folder is None or folder.open_until <= self._clock():
            raise NotInvitedError
        of_folder = Attachment.folder_id == folder.id
        known = session.scalar(
            select(Attachment).where(of_folder, Attachment.message_id == message)
        )
        if known is None and _count(session, AttachmentFolder.id == folder.id) >= self.limits.most:
            raise TooManyFilesError(self.limits.most)
        return None if known is None else taken(known)


def _is_open(conversation: str, device: str) -> tuple[ColumnElement[bool], ...]:
    return (
        AttachmentFolder.conversation_id == conversation,
        AttachmentFolder.device_id == device,
        AttachmentFolder.kept_at.is_(None),
    )


def _open_folder(session: Session, conversation: str, device: str) -> AttachmentFolder | None:
    """Where the device's next file goes; one at most is open."""
    return session.scalars(select(AttachmentFolder).where(*_is_open(conversation, device))).first()


def _count(session: Session, *which: ColumnElement[bool]) -> int:
    found = select(func.count()).select_from(Attachment).join(AttachmentFolder).where(*which)
    return session.scalar(found) or 0
