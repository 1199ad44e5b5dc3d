import pytest

from bot.attachments.content import JPEG, PDF
from bot.attachments.file_name import LONGEST, file_name


@pytest.mark.parametrize(
    ("given", "media_type", "name"),
    [
        ("crack.jpg", JPEG, "crack.jpg"),
        ("crack.png", JPEG, "crack.jpg"),
        ("Riss im Topf.JPEG", JPEG, "Riss im Topf.jpg"),
        ("裂缝.webp", JPEG, "裂缝.jpg"),
        ("invoice.html", PDF, "invoice.pdf"),
        ("../../etc/passwd", JPEG, "passwd.jpg"),
        ("..\\..\\secrets\\session.key", JPEG, "session.jpg"),
        ("C:\\Users\\jane\\a.png", JPEG, "a.jpg"),
        ("/", JPEG, "file.jpg"),
        ("..", JPEG, "file.jpg"),
        ("", JPEG, "file.jpg"),
        (".htaccess", PDF, "htaccess.pdf"),
        ("a\x00b\r\nSet-Cookie: x.png", JPEG, "a b Set-Cookie_ x.jpg"),
        ("invoice\u202egnp.exe", JPEG, "invoice gnp.jpg"),
        ('<img src=x onerror="alert(1)">', JPEG, "_img src=x onerror=_alert(1)__.jpg"),
    ],
)
def test_a_name_is_for_people(given: str, media_type: str, name: str) -> None:
    assert file_name(given, media_type) == name


def test_a_name_is_no_longer_than_a_line() -> None:
    assert len(file_name("ä" * 1000 + ".png", JPEG)) == LONGEST
