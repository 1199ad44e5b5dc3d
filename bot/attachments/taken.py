"""A file that is there, without its content."""

from dataclasses import dataclass

from catalog.models import Attachment


@dataclass(frozen=True, slots=True)
class Taken:
    id: str
    name: str
    media_type: str


def taken(attachment: Attachment) -> Taken:
    return Taken(attachment.id, attachment.name, attachment.media_type)
