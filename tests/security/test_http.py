"""Strangers at the service's door."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.settings import Settings
from tests.security.conftest import LeavesALine

SPEAKER = {"conversation": "janes", "device": "d"}


@pytest.mark.parametrize("path", ["/webhook", "/identity", "/identity/of", "/identity/forget"])
@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer guess", "Basic eDp5", "Bearer \xe9"])
def test_private_routes_need_the_key(
    client: TestClient, leaves_a_line: LeavesALine, path: str, header: str
) -> None:
    encoded = [(b"authorization", header.encode())] if header else []
    response = client.post(path, json={**SPEAKER, "token": "x"}, headers=encoded)
    assert response.status_code == 401
    assert f"refused: POST {path}" in leaves_a_line()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b'{"conversation": 7, "device": "d", "token": "x"}',
        b'{"conversation": {"$ne": null}, "device": "d", "token": "x"}',
        b'{"conversation": "", "device": "d", "token": "x"}',
        b'{"conversation": "c", "device": "d"}',
        b"\xff\xfe",
        b"[" * 10_000,
        json.dumps({**SPEAKER, "token": "eyJ" + "x" * 5000}).encode(),
        json.dumps({"conversation": "c" * 300, "device": "d", "token": "x"}).encode(),
    ],
)
def test_bodies_of_any_shape(
    client: TestClient, rasa: dict[str, str], leaves_a_line: LeavesALine, body: bytes
) -> None:
    headers = {**rasa, "content-type": "application/json"}
    response = client.post("/identity", content=body, headers=headers)
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in response.text
    assert "xxxx" not in response.text
    leaves_a_line()


@pytest.mark.parametrize("folder", ["pictures", "static"])
@pytest.mark.parametrize(
    "name",
    [
        "..%2Fsecrets%2Factions.key",
        "%2e%2e%2f%2e%2e%2fsecrets%2factions.key",
        "..%5C..%5Csecrets%5Cactions.key",
        "%2Fetc%2Fpasswd",
        "..%252F..%252Fsecrets%252Factions.key",
        "....%2F%2Fsecrets%2Factions.key",
        "router.py%00.svg",
        ".env",
    ],
)
def test_files_outside_their_folder(
    client: TestClient, settings: Settings, leaves_a_line: LeavesALine, folder: str, name: str
) -> None:
    response = client.get(f"/{folder}/{name}")
    assert response.status_code == 404
    assert settings.actions_key_file.read_text() not in response.text
    assert "404" in leaves_a_line()


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://127.0.0.1:8000.evil.example",
        "http://localhost:8001",
        "https://127.0.0.1:8000",
        "file://",
    ],
)
def test_foreign_pages_may_not_read(client: TestClient, origin: str) -> None:
    """The browser holds back what lacks the header; nothing was done that a log could tell."""
    answer = client.get("/v1/products/nope", headers={"origin": origin})
    assert "access-control-allow-origin" not in answer.headers
    asked = {"origin": origin, "access-control-request-method": "POST"}
    assert client.options("/identity", headers=asked).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_methods_that_nothing_answers(
    client: TestClient, leaves_a_line: LeavesALine, method: str
) -> None:
    assert client.request(method, "/identity").status_code == 405
    assert "405" in leaves_a_line()


@pytest.mark.parametrize(
    "path",
    [
        "/v1/products/<script>alert(1)</script>",
        "/policies/<img src=x onerror=alert(1)>",
        "/products/<script>alert(1)</script>",
    ],
)
def test_scripts_in_addresses_come_back_as_text(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    is_page = response.headers["content-type"].startswith("text/html")
    assert not is_page or not any(tag in response.text for tag in ("<script>alert", "<img src=x"))


def test_a_search_for_personal_data_is_not_in_the_log(
    client: TestClient, leaves_a_line: LeavesALine
) -> None:
    client.get("/v1/products/jane@example.com")
    assert "[email]" in leaves_a_line()


def test_every_secret_is_its_owners_alone(client: TestClient, settings: Settings) -> None:
    folder = settings.data_dir / "secrets"
    made: list[Path] = sorted(folder.iterdir())
    assert {each.name for each in made} >= {"actions.key", "checkout.key", "identity.key"}
    assert [each for each in made if each.stat().st_mode & 0o777 != 0o600] == []
    assert folder.stat().st_mode & 0o777 == 0o700


def test_no_secret_is_printed(
    client: TestClient, settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    printed: Any = capfd.readouterr()
    state = client.app.state.aisle  # type: ignore[attr-defined]
    for file in (settings.data_dir / "secrets").iterdir():
        assert file.read_text() not in printed.out + printed.err
        assert file.read_text() not in repr(settings)
        assert file.read_text() not in repr(state)
