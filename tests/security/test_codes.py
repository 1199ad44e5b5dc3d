"""Somebody who knows Jane's order, and wants the code that goes to her address."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from bot.identity.codes import REQUESTS_OF_PAIR, TRIES_OF_ADDRESS, Asked, OneTimeCodes
from bot.identity.errors import IdentityError, TooManyAttemptsError
from bot.identity.proofs import Proofs
from bot.settings import Settings
from catalog.database import connect, sessions
from catalog.models import IdentityAttempt, OneTimeCode, ProvedIdentity
from tests.assistant import wait_until
from tests.bot.identity.conftest import customer_in
from tests.inbox import Inbox
from tests.security.conftest import JANE, LeavesALine

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
JANES, MALLORYS = Asked("janes", "phone"), Asked("mallorys", "laptop")


@pytest.fixture
def proofs(client: TestClient, settings: Settings, inbox: Inbox) -> Iterator[Proofs]:
    """Of a day on which nobody has tried anything yet."""
    inbox.letters.clear()
    engine = connect(settings.database_url)
    opened = sessions(engine)
    with opened.begin() as session:
        for table in (IdentityAttempt, OneTimeCode, ProvedIdentity):
            session.execute(delete(table))
    proofs = Proofs.of(settings, opened, customer_in(opened))
    yield proofs
    proofs.mail.close()
    engine.dispose()


@pytest.fixture
def codes(proofs: Proofs) -> OneTimeCodes:
    return proofs.codes


def code_for_jane(codes: OneTimeCodes, inbox: Inbox, asked: Asked = JANES) -> str:
    before = len(inbox.letters)
    codes.request(asked, "A1001", JANE, NOW)
    wait_until(lambda: len(inbox.letters) > before, 5)
    found = re.match(r"\d{6}", inbox.letters[-1].text)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    "asked", [MALLORYS, Asked("janes", "laptop"), Asked("mallorys", "phone"), Asked("", "")]
)
def test_a_code_that_was_overheard(
    codes: OneTimeCodes, inbox: Inbox, proofs: Proofs, leaves_a_line: LeavesALine, asked: Asked
) -> None:
    code = code_for_jane(codes, inbox)
    with pytest.raises(IdentityError):
        codes.check(asked, code, NOW)
    assert proofs.identities.of(asked.conversation_id, asked.device_id, NOW) is None
    assert code not in leaves_a_line()


def test_a_code_that_is_shown_again(
    codes: OneTimeCodes, inbox: Inbox, leaves_a_line: LeavesALine
) -> None:
    code = code_for_jane(codes, inbox)
    codes.check(JANES, code, NOW)
    with pytest.raises(IdentityError):
        codes.check(JANES, code, NOW)
    assert "used before" in leaves_a_line()


def test_an_old_code(codes: OneTimeCodes, inbox: Inbox, leaves_a_line: LeavesALine) -> None:
    code = code_for_jane(codes, inbox)
    with pytest.raises(IdentityError):
        codes.check(JANES, code, NOW + timedelta(minutes=11))
    assert "expired" in leaves_a_line()


@pytest.mark.parametrize(
    "guess",
    ["", "0", "000000' OR 1=1", "1e5", "-1", "\x00", "٠٠٠٠٠٠", "\ud800", "0" * 100_000, "[email]"],
)
def test_a_guess_of_any_shape(
    codes: OneTimeCodes,
    monkeypatch: pytest.MonkeyPatch,
    leaves_a_line: LeavesALine,
    guess: str,
) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda most: 123456)
    codes.request(MALLORYS, "A1001", JANE, NOW)
    with pytest.raises(IdentityError):
        codes.check(MALLORYS, guess, NOW)
    assert "wrong code" in leaves_a_line()


def test_brute_force_in_one_conversation(
    codes: OneTimeCodes, leaves_a_line: LeavesALine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda most: 999_999)
    codes.request(MALLORYS, "A1001", JANE, NOW)
    believed, stopped = 0, 0
    for guess in range(40):
        try:
            codes.check(MALLORYS, f"{guess:06}", NOW)
            believed += 1
        except TooManyAttemptsError:
            stopped += 1
        except IdentityError:
            pass
    assert (believed, stopped) == (0, 35)
    assert "too many" in leaves_a_line()


def test_brute_force_in_many_conversations(
    codes: OneTimeCodes, leaves_a_line: LeavesALine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda most: 999_999)
    tried = 0
    for number in range(20):
        asked = Asked(f"mallorys-{number}", "d")
        try:
            codes.request(asked, "A1001", JANE, NOW)
        except TooManyAttemptsError:
            continue
        for guess in range(10):
            try:
                codes.check(asked, f"{guess:06}", NOW)
            except TooManyAttemptsError:
                break
            except IdentityError:
                tried += 1
    assert tried <= TRIES_OF_ADDRESS.most  # an hour, of a million
    assert "too many" in leaves_a_line()


def test_her_mailbox_is_not_flooded(
    codes: OneTimeCodes, proofs: Proofs, inbox: Inbox, leaves_a_line: LeavesALine
) -> None:
    refused = 0
    for number in range(20):
        try:
            codes.request(Asked(f"mallorys-{number}", "d"), "A1001", JANE, NOW)
        except TooManyAttemptsError:
            refused += 1
    proofs.mail.close()
    assert (refused, len(inbox.letters)) == (
        20 - REQUESTS_OF_PAIR.most,
        REQUESTS_OF_PAIR.most,
    )
    assert "too many" in leaves_a_line()


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("A1001", f"{JANE}, mallory@example.com"),
        ("A1001", f"{JANE}\r\nBcc: mallory@example.com"),
        ("A1001' OR 1=1 --", JANE),
        ("%", "%"),
        ("A1001", "jane@example.com\x00"),
        ("<b>A1001</b>", "<script>alert(1)</script>"),
    ],
)
def test_nobody_else_gets_a_letter(
    codes: OneTimeCodes, proofs: Proofs, inbox: Inbox, number: str, email: str
) -> None:
    codes.request(MALLORYS, number, email, NOW)
    proofs.mail.close()
    assert [each for letter in inbox.letters for each in letter.to if each != JANE] == []
    assert [letter for letter in inbox.letters if "mallory" in letter.text + letter.subject] == []
