"""Files that do not belong here: each is refused, leaves a line, and nobody's data in it."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from bot.service.state import ServiceState
from tests.bot.attachments import pictures
from tests.security.conftest import LeavesALine

JANES, JOES = "janes-conversation", "joes-conversation"
NAME = "Jane jane@example.com.png"


class Shop:
    """The service's door, as the chat knocks at it."""

    def __init__(self, client: TestClient, key: dict[str, str]) -> None:
        self.client = client
        self.key = key
        self.state: ServiceState = client.app.state.aisle  # type: ignore[attr-defined]

    def send(self, data: bytes, conversation: str = JANES, **headers: str) -> Response:
        sent = {
            **self.key,
            "Aisle-Conversation": conversation,
            "Aisle-Device": "phone",
            "Aisle-Message": "m1",
            "Aisle-File-Name": quote(NAME),
            **{f"Aisle-{name.replace('_', '-')}": value for name, value in headers.items()},
        }
        return self.client.post("/uploads", content=data, headers=sent)


@pytest.fixture
def shop(client: TestClient, rasa: dict[str, str]) -> Iterator[Shop]:
    """Jane was asked for a picture of what came broken."""
    shop = Shop(client, rasa)
    shop.state.attachments.invite(JANES, "phone", "A1001")
    yield shop
    shop.state.attachments.forget(JANES, "phone")


def test_the_route_is_the_chats_own(shop: Shop, leaves_a_line: LeavesALine) -> None:
    shop.key = {"authorization": "Bearer guess"}
    assert shop.send(pictures.jpeg()).status_code == 401
    assert "refused: POST /uploads" in leaves_a_line()


@pytest.mark.parametrize("who", [{"conversation": JOES}, {"Device": "another"}])
def test_who_was_not_asked_fills_no_disk(
    shop: Shop, leaves_a_line: LeavesALine, who: dict[str, str]
) -> None:
    assert shop.send(pictures.jpeg(), **who).status_code == 403
    conversation, device = who.get("conversation", JANES), who.get("Device", "phone")
    asks = {**shop.key, "Aisle-Conversation": conversation, "Aisle-Device": device}
    assert shop.client.get("/uploads", headers=asks).status_code == 403
    asks |= {"Aisle-Conversation": JANES, "Aisle-Device": "phone"}
    assert shop.client.get("/uploads", headers=asks).json() == {"max_bytes": 8_000_000}
    assert "nobody asked for it" in leaves_a_line()


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (pictures.HTML, 415, "no picture"),
        (pictures.SVG, 415, "no picture"),
        (b"GIF89a" + pictures.SCRIPT, 415, "no picture"),
        (b"\x89PNG\r\n\x1a\n" + pictures.HTML, 422, "unreadable"),
        (b"\xff\xd8\xff\xe0" + pictures.SVG, 422, "unreadable"),
        (pictures.bomb(), 422, "too many pixels"),
        (b"%PDF-" + bytes(8_000_000), 413, "too large"),
        (b"", 415, "no picture"),
    ],
    ids=["html", "svg", "gif", "html-as-png", "svg-as-jpeg", "bomb", "oversized", "nothing"],
)
def test_what_is_no_picture_is_not_taken_whatever_it_is_called(
    shop: Shop, leaves_a_line: LeavesALine, data: bytes, status: int, reason: str
) -> None:
    answer = shop.send(data)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert reason in leaves_a_line()
    assert shop.state.attachments.count(JANES, "phone") == 0


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/x",
        "..%2f..%2fsecrets%2factions.key",
        "/etc/passwd",
        "C:\\x\\y.exe",
        "\0",
    ],
)
def test_a_name_is_never_a_path(shop: Shop, name: str) -> None:
    files = {each for each in shop.state.settings.data_dir.rglob("*") if each.is_file()}
    taken = shop.send(pictures.jpeg(), File_Name=quote(name, safe=""))
    assert taken.status_code == 201
    assert taken.json()["name"].endswith(".jpg")
    assert not set("/\\%") & set(taken.json()["name"])
    assert {each for each in shop.state.settings.data_dir.rglob("*") if each.is_file()} == files


def test_a_polyglot_loses_what_it_hid(shop: Shop) -> None:
    """A PNG with a script in it and one behind it, and a place where it was taken."""
    for message, data in (("m1", pictures.png()), ("m2", pictures.jpeg())):
        taken = shop.send(data, Message=message).json()
        small = shop.state.attachments.preview(JANES, taken["id"])
        assert small is not None
        assert not any(each in small for each in (b"<script", b"Exif", pictures.PLACE.encode()))
    shop.state.attachments.keep(JANES, "phone", "A1001-R1")
    [folder] = shop.state.folders.latest(1)
    for file in folder.files:
        kept = shop.state.folders.content(folder, file.id)
        assert kept is not None
        assert not any(each in kept for each in (b"<script", b"Exif", pictures.PLACE.encode()))


def test_a_message_that_is_none(shop: Shop, leaves_a_line: LeavesALine) -> None:
    assert shop.send(pictures.jpeg(), Message="../m1").status_code == 422
    leaves_a_line()


def test_anothers_file_is_neither_seen_nor_removed(shop: Shop, leaves_a_line: LeavesALine) -> None:
    id = shop.send(pictures.jpeg()).json()["id"]
    joe = {**shop.key, "Aisle-Conversation": JOES, "Aisle-Device": "phone"}
    assert shop.client.get(f"/uploads/{id}/preview", headers=joe).status_code == 404
    assert shop.client.delete(f"/uploads/{id}", headers=joe).status_code == 404
    jane = {**shop.key, "Aisle-Conversation": JANES, "Aisle-Device": "phone"}
    assert shop.client.get(f"/uploads/{'x' * 32}/preview", headers=jane).status_code == 404
    assert leaves_a_line().count("refused:") == 3
    assert shop.client.get(f"/uploads/{id}/preview", headers=jane).status_code == 200
    assert shop.client.delete(f"/uploads/{id}", headers=jane).status_code == 204
    assert shop.client.get(f"/uploads/{id}/preview", headers=jane).status_code == 404


def test_the_shops_link_shows_pictures_and_hands_out_papers(shop: Shop) -> None:
    shop.send(pictures.jpeg(), File_Name=quote("<img src=x onerror=alert(1)>.png"))
    shop.send(pictures.PDF, Message="m2", File_Name=quote("bill.html"))
    link = shop.state.attachments.link(JANES, "phone").partition("/attachments/")[2]
    assert shop.client.get(f"/attachments/{link}").status_code == 404, (
        "before the return is started"
    )
    shop.state.attachments.keep(JANES, "phone", "A1001-R2")

    page = shop.client.get(f"/attachments/{link}")
    assert "Return A1001-R2" in page.text
    assert "<img src=x" not in page.text
    assert page.headers["content-security-policy"] == "default-src 'none'; img-src 'self'"
    picture, paper = shop.state.folders.latest(1)[0].files
    for file, kind, disposition in (
        (picture, "image/jpeg", 'inline; filename="A1001-R2.jpg"'),
        (paper, "application/pdf", 'attachment; filename="A1001-R2.pdf"'),
    ):
        answer = shop.client.get(f"/attachments/{link}/{file.id}")
        assert answer.headers["content-type"] == kind
        assert answer.headers["content-disposition"] == disposition
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["x", "x/y", "..%2F..%2Fsecrets%2Factions.key", "eyJ.a.b"])
def test_a_guessed_link_leads_nowhere(
    client: TestClient, leaves_a_line: LeavesALine, path: str
) -> None:
    assert client.get(f"/attachments/{path}").status_code == 404
    assert "404" in leaves_a_line()


def test_a_link_to_one_return_opens_no_file_of_another(
    shop: Shop, leaves_a_line: LeavesALine
) -> None:
    first = shop.send(pictures.jpeg()).json()["id"]
    shop.state.attachments.keep(JANES, "phone", "A1001-R3")
    shop.state.attachments.invite(JOES, "phone", "B1")
    shop.send(pictures.jpeg(), JOES)
    joes = shop.state.attachments.link(JOES, "phone").partition("/attachments/")[2]
    shop.state.attachments.keep(JOES, "phone", "B1-R1")
    assert shop.client.get(f"/attachments/{joes}/{first}").status_code == 404
    leaves_a_line()
