"""Pictures and papers that customers add to a return."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Base, now
from catalog.types import UtcDateTime


class AttachmentFolder(Base):
    """What one device in one conversation was invited to add files to: a return.

    Kept for good once the shop has it, with the return or with a ticket.
    """

    __tablename__ = "attachment_folders"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Random: the shop's link names it."""
    conversation_id: Mapped[str] = mapped_column(String(255), index=True)
    device_id: Mapped[str] = mapped_column(String(64))
    order_number: Mapped[str] = mapped_column(String(64), index=True)
    """Not a foreign key: a shop may keep its orders elsewhere."""
    return_number: Mapped[str | None] = mapped_column(String(80), index=True)
    """Unknown until the return is started."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    open_until: Mapped[datetime] = mapped_column(UtcDateTime)
    """Files are taken before then."""
    kept_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the shop got it; nothing comes in or goes out any more."""


class Attachment(Base):
    """One file, as it is handed out: a picture was drawn anew, a PDF is as it came.

    In the database and not in files: what hangs on a return is written and erased with it, in one
    transaction, and every process of the shop has it.
    """

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("folder_id", "message_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Random."""
    folder_id: Mapped[str] = mapped_column(ForeignKey("attachment_folders.id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(String(64))
    """Of the chat message that brings it: an upload that is sent again is one file."""
    name: Mapped[str] = mapped_column(String(100))
    """As the customer's device has it, cleaned; shown, and never a path."""
    media_type: Mapped[str] = mapped_column(String(32))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    preview: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """A small JPEG; none of a PDF."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
