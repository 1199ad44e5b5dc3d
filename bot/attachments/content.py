"""What an uploaded file is, by its content, and what is kept of it."""

from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore

from PIL import Image, ImageOps

from bot.attachments.errors import TooManyPixelsError, UnreadableError, WrongKindError

JPEG = "image/jpeg"
PDF = "application/pdf"
ACCEPTED = (JPEG, "image/png", "image/webp", PDF)
"""What a customer may send, by media type."""

MOST_PIXELS = 50_000_000
"""As many as a telephone's largest picture has; drawn out, each takes 4 bytes."""
LONGEST_SIDE = 2560
"""In pixels, of what is kept: enough to see a crack."""
PREVIEW_SIDE = 480

_FORMATS = ("JPEG", "PNG", "WEBP")
_SIGNS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
"""What a file of these begins with."""
_DRAWING = BoundedSemaphore(2)
"""So many pictures at a time, whatever a crowd sends: each may take 200 MB."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it is kept."""

    media_type: str
    data: bytes
    preview: bytes | None = None
    """A small JPEG; none of a PDF."""


def read(data: bytes) -> Content:
    """The file to keep of what was uploaded. Its name and what its sender calls it count nothing.

    A picture is decoded and drawn anew: where it was taken, and whatever hid in or behind it, is
    gone. A PDF stays as it is, and is handed out for download only.

    Raises:
        WrongKindError: it is neither.
        TooManyPixelsError: opening it would take too much memory.
        UnreadableError: it begins as a picture, and is none.
    """
    if data.startswith(b"%PDF-"):
        return Content(PDF, data)
    if not data.startswith(_SIGNS):
        raise WrongKindError
    with _DRAWING:
        picture = _decoded(data)
        kept = _jpeg(picture, LONGEST_SIDE)
        return Content(JPEG, kept, _jpeg(picture, PREVIEW_SIDE))


def _decoded(data: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            # Its header says so, before a pixel is decoded.
            if opened.width * opened.height > MOST_PIXELS:
                raise TooManyPixelsError
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _on_white(_upright(opened))
    except TooManyPixelsError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixelsError from error  # Pillow's own limit is a higher one
    except Exception as error:
        # Decoders of three formats fail in a dozen ways, and the file is a stranger's.
        raise UnreadableError from error


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture  # what is said of it is damaged, and it is not


def _on_white(picture: Image.Image) -> Image.Image:
    """What shines through would be black in a JPEG."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    ground = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(ground, layered).convert("RGB")


def _jpeg(picture: Image.Image, side: int) -> bytes:
    """Of pixels alone: nothing of what the file said beside them."""
    drawn = picture.copy()
    drawn.info.clear()
    drawn.thumbnail((side, side))
    out = BytesIO()
    drawn.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
