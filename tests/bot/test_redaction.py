import logging
from collections.abc import Iterator

import pytest

from bot import redaction
from bot.redaction import RedactingFilter, redact, without_cards


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("mail jane.doe+shop@mail.example.co.uk please", "mail [email] please"),
        ("GET /v1/search?q=jane%40example.com", "GET /v1/search?q=[email]"),
        ("<jane@example.com>", "<[email]>"),
        ("my card is 4111 1111 1111 1111", "my card is [card]"),
        ("5500-0000-0000-0004.", "[card]."),
        ("amex 378282246310005", "amex [card]"),
        ("6011000990139424", "[card]"),
        ("call +49 30 1234567", "call [phone]"),
        ("call (212) 555-0187", "call [phone]"),
        ("212-555-0187", "[phone]"),
        ("1-800-555-0199", "[phone]"),
        ("020 7946 0018", "[phone]"),
        ("+14155550132", "[phone]"),
        ("13812345678", "[phone]"),
        ("my code is 123456", "my code is [code]"),
        ("the code: 123 456", "the code: [code]"),
        ("123456", "[code]"),
        (" 123-456. ", "[code]"),
        ("send it to 221B Baker Street, London NW1 6XE", "send it to [address]"),
        ("I live at 12 North Elm Ave.", "I live at [address]"),
        ("1600 Pennsylvania Avenue, Washington, DC 20500", "[address]"),
        ("Hauptstraße 12a, 10115 Berlin", "[address]"),
        ("P.O. Box 1234", "[address]"),
        ("GET /attachments/IjdH.awkPSQ.U5-_k/x 404", "GET /attachments/[token]/x 404"),
        ("GET /desk/answer/IjdH.awkPSQ.U5", "GET /desk/answer/[token]"),
        ("GET /attachments/eyJhbGciOiJI.x.y", "GET /attachments/[token]"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjMSJ9.abc-_x", "token [token]"),
    ],
)
def test_personal_data_is_taken_out(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "where is order A1001?",
        "order #100123 and order 4500012345",
        "shoes under $1,299.00",
        "price 129900 ten-thousandths",
        "shoes-trail-runner-42-red",
        "EAN 4006381333931",
        "UPC 036000291452",
        "SKU 4111111111111112",
        "model WH-1000XM5, 2024 edition",
        "2026-11-26 19:36:50",
        "took 1234567 ms at 192.168.100.200:8000",
        "10 x 12 x 14 inches",
        "size 42 to 44, red",
        "a 55-inch TV for my living room",
        "2 place settings",
        "3 Drive bits",
        "parcel 1Z999AA10123456784",
        "a8098c1a-f86e-11da-bd1a-00112444be1e",
        "@heron and 50% off @ noon",
    ],
)
def test_what_an_engineer_needs_stays(text: str) -> None:
    assert redact(text) == text


def test_cards_alone() -> None:
    assert without_cards("4111111111111111 for a@example.com") == "[card] for a@example.com"


def record(message: str, *args: object, name: str = "x") -> logging.LogRecord:
    return logging.LogRecord(name, logging.INFO, "", 0, message, args, None)


def test_arguments_are_redacted_whatever_they_are() -> None:
    made = record("%s wrote %r", ValueError("of jane@example.com"), {"to": "bob@example.com"})
    assert RedactingFilter().filter(made)
    assert made.getMessage() == "of [email] wrote {'to': '[email]'}"


def test_the_access_log_keeps_its_parts() -> None:
    made = record("%s %s %d", "GET", "/?q=jane%40example.com", 200, name="uvicorn.access")
    RedactingFilter().filter(made)
    assert made.args == ("GET", "/?q=[email]", 200)


@pytest.fixture
def installed() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    redaction.install()
    redaction.install()
    yield
    logging.setLogRecordFactory(before)


def test_tracebacks_are_redacted(installed: None, caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("no order of jane@example.com")
    except ValueError:
        logging.getLogger("some.library").exception("failed for %s", "212-555-0187")
    assert "jane@" not in caplog.text
    assert "no order of [email]" in caplog.text
    assert "failed for [phone]" in caplog.text
