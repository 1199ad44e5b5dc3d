"""Files as customers, and others, send them."""

import zlib
from io import BytesIO
from struct import pack

from PIL import Image
from PIL.PngImagePlugin import PngInfo

GPS = 0x8825
ORIENTATION = 0x0112
PLACE = "48 deg 8' N"
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
SCRIPT = b"<script>alert('polyglot')</script>"


def jpeg(width: int = 600, height: int = 400, **exif: str) -> bytes:
    """With where it was taken in it, and the words of `exif`."""
    picture = Image.new("RGB", (width, height), "brown")
    tags = picture.getexif()
    tags[GPS] = {2: (48.0, 8.0, 0.0)}
    tags[0x010E] = PLACE + "".join(exif.values())
    return _saved(picture, "JPEG", exif=tags)


def lying_down() -> bytes:
    """600 by 400 pixels that a telephone held upright has taken: red above, blue below."""
    picture = Image.new("RGB", (600, 400), "blue")
    picture.paste("red", (0, 0, 300, 400))
    tags = picture.getexif()
    tags[ORIENTATION] = 6
    return _saved(picture, "JPEG", exif=tags)


def png(mode: str = "RGBA") -> bytes:
    """With a script in a text of it, and one behind it."""
    about = PngInfo()
    about.add_text("Comment", SCRIPT.decode())
    color = (0, 0, 0, 0) if mode == "RGBA" else 0
    return _saved(Image.new(mode, (60, 40), color), "PNG", pnginfo=about) + SCRIPT


def webp() -> bytes:
    return _saved(
        Image.new("RGB", (60, 40), "green"), "WEBP", exif=b"Exif\x00\x00" + PLACE.encode()
    )


def gif() -> bytes:
    return _saved(Image.new("P", (60, 40)), "GIF")


def bomb(side: int = 30_000) -> bytes:
    """A PNG of 900 million pixels in some kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    header = pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((side // 8 + 1) * 1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
