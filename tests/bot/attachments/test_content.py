from io import BytesIO

import pytest
from PIL import Image

from bot.attachments.content import JPEG, LONGEST_SIDE, PREVIEW_SIDE, Content, read
from bot.attachments.errors import (
    AttachmentError,
    TooManyPixelsError,
    UnreadableError,
    WrongKindError,
)
from tests.bot.attachments import pictures


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(
    "data", [pictures.jpeg(), pictures.png(), pictures.png("P"), pictures.png("L"), pictures.webp()]
)
def test_a_picture_is_drawn_anew_with_nothing_beside_its_pixels(data: bytes) -> None:
    kept = read(data)
    assert kept.media_type == JPEG
    for each in (kept.data, kept.preview):
        picture = opened(each)
        assert picture.format == "JPEG"
        assert dict(picture.getexif()) == {}
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for secret in (pictures.PLACE.encode(), pictures.SCRIPT, b"Exif"):
        assert secret not in kept.data + (kept.preview or b"")


def test_a_picture_stands_upright_although_what_says_so_is_gone() -> None:
    picture = opened(read(pictures.lying_down()).data)
    assert picture.size == (400, 600)
    red, _, blue = picture.getpixel((200, 100))  # type: ignore[misc]
    assert red > 200 > blue


def test_large_pictures_become_smaller() -> None:
    kept = read(pictures.jpeg(4000, 3000))
    assert opened(kept.data).size == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)
    assert opened(kept.preview).size == (PREVIEW_SIDE, PREVIEW_SIDE * 3 // 4)


def test_what_shines_through_is_white() -> None:
    assert opened(read(pictures.png()).data).getpixel((5, 5)) == (255, 255, 255)


def test_a_pdf_stays_as_it_is() -> None:
    assert read(pictures.PDF) == Content("application/pdf", pictures.PDF)


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (b"", WrongKindError),
        (pictures.SVG, WrongKindError),
        (pictures.HTML, WrongKindError),
        (pictures.gif(), WrongKindError),
        (b"MZ\x90\x00", WrongKindError),
        (b" " + pictures.PDF, WrongKindError),
        (pictures.jpeg()[:900], UnreadableError),
        (b"\xff\xd8\xff" + pictures.HTML, UnreadableError),
        (b"\x89PNG\r\n\x1a\n" + pictures.SVG, UnreadableError),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", UnreadableError),
        (pictures.bomb(), TooManyPixelsError),
        (pictures.bomb(9_000), TooManyPixelsError),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, refused: type[AttachmentError]) -> None:
    with pytest.raises(refused):
        read(data)
