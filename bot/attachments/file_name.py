"""What a file is called: in words for people, never a path."""

import re
import unicodedata

from bot.attachments.content import PDF

LONGEST = 100
_FORBIDDEN = re.compile(r'[\\/:*?"<>|%]')
_ENDINGS = {PDF: ".pdf"}


def file_name(given: str, media_type: str) -> str:
    """The customer's name for it, cleaned, with the ending of what it is.

    What stands before a slash goes, and so does what can't be seen or turns the writing round.
    """
    last = unicodedata.normalize("NFC", re.split(r"[\\/]", given)[-1])
    seen = "".join(sign if sign.isprintable() else " " for sign in last)
    stem, dot, ending = _FORBIDDEN.sub("_", seen).strip(" .").rpartition(".")
    if not dot or len(ending) > 5:
        stem = _FORBIDDEN.sub("_", seen)
    ending = _ENDINGS.get(media_type, ".jpg")
    stem = " ".join(stem.split()).strip(" .")[: LONGEST - len(ending)] or "file"
    return f"{stem}{ending}"
