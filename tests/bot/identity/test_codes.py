"""Codes over a real SMTP server, on both databases."""

import logging
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot import mailbox
from bot.evaluation.free_port import free_port
from bot.identity import code_mail
from bot.identity.code_mail import CodeMail
from bot.identity.codes import (
    LETTERS,
    LIFE,
    MOST_TRIES,
    REQUESTS,
    REQUESTS_OF_PAIR,
    Asked,
    OneTimeCodes,
)
from bot.identity.errors import (
    CodeRefusedError,
    CodesUnavailableError,
    Refusal,
    TooManyAttemptsError,
)
from bot.identity.identities import Identities
from bot.identity.identity import Method, VerifiedIdentity
from bot.mail import DemoMail, Mailer
from bot.settings import Settings
from catalog.models import Customer, IdentityAttempt, OneTimeCode, Order, OrderStatus
from tests.assistant import wait_until
from tests.bot.identity.conftest import HERE, JANE, NOW, customer_in
from tests.inbox import Inbox


def sent(inbox: Inbox, count: int = 1) -> str:
    """The code in the latest letter, once there are `count`."""
    wait_until(lambda: len(inbox.letters) >= count, 5)
    found = re.match(r"\d{6}\b", inbox.letters[-1].text)
    assert found is not None
    return found[0]


def other_than(code: str, number: int = 1) -> str:
    return f"{(int(code) + number) % 1_000_000:06}"


def test_the_right_code_makes_an_identity(
    codes: OneTimeCodes, identities: Identities, inbox: Inbox
) -> None:
    codes.request(HERE, "# a1001", " Jane@Example.com", NOW)
    verified = codes.check(HERE, sent(inbox), NOW)
    # The address is what was proved, and nothing else.
    assert verified == VerifiedIdentity(
        HERE.conversation_id, None, JANE, Method.CODE, NOW, NOW + timedelta(minutes=30)
    )
    assert identities.of(HERE.conversation_id, HERE.device_id, NOW) == verified


def test_a_code_is_read_as_people_type_it(codes: OneTimeCodes, inbox: Inbox) -> None:
    codes.request(HERE, "A1001", JANE, NOW)
    code = sent(inbox)
    assert codes.check(HERE, f" It's {code[:3]}-{code[3:]}.", NOW).email == JANE


def test_the_letter_is_plain_and_brings_nothing_that_was_typed(
    codes: OneTimeCodes, inbox: Inbox
) -> None:
    codes.request(HERE, "A1001", JANE, NOW)
    code = sent(inbox)
    [letter] = inbox.letters
    assert letter.to == [JANE]
    assert letter.text.replace("\r\n", "\n") == code_mail.TEXT.format(code=code, minutes=10)
    assert "A1001" not in letter.subject + letter.text


@pytest.mark.parametrize(
    ("number", "email"),
    [("A1001", "mallory@example.com"), ("A9999", JANE), ("A1002", JANE), ("", ""), ("\ud800", "é")],
)
def test_what_does_not_belong_together_is_answered_alike(
    codes: OneTimeCodes, inbox: Inbox, number: str, email: str
) -> None:
    codes.request(HERE, number, email, NOW)
    with pytest.raises(CodeRefusedError):
        codes.check(HERE, "000000", NOW)
    assert inbox.letters == []


def test_a_code_for_no_order_proves_nothing_even_if_it_is_guessed(
    codes: OneTimeCodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda most: 123456)
    codes.request(HERE, "A9999", JANE, NOW)
    with pytest.raises(CodeRefusedError):
        codes.check(HERE, "123456", NOW)


def test_a_code_counts_once(codes: OneTimeCodes, inbox: Inbox) -> None:
    codes.request(HERE, "A1001", JANE, NOW)
    code = sent(inbox)
    codes.check(HERE, code, NOW)
    with pytest.raises(CodeRefusedError) as caught:
        codes.check(HERE, code, NOW)
    assert caught.value.refusal is Refusal.USED


def test_of_many_who_show_it_at_once_one_is_believed(codes: OneTimeCodes, inbox: Inbox) -> None:
    codes.request(HERE, "A1001", JANE, NOW)
    code = sent(inbox)
    gate = threading.Barrier(4)

    def show(_: int) -> bool:
        gate.wait()
        try:
            codes.check(HERE, code, NOW)
        except CodeRefusedError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(show, range(4))) == 1


@pytest.mark.parametrize(
    "elsewhere",
    [replace(HERE, conversation_id="another"), replace(HERE, device_id="another")],
    ids=["conversation", "device"],
)
def test_a_code_counts_where_it_was_asked_for(
    codes: OneTimeCodes, inbox: Inbox, elsewhere: Asked
) -> None:
    codes.request(HERE, "A1001", JANE, NOW)
    with pytest.raises(CodeRefusedError):
        codes.check(elsewhere, sent(inbox), NOW)


def test_a_code_lives_ten_minutes(codes: OneTimeCodes, inbox: Inbox) -> None:
    codes.request(HERE, "A1001", JANE, NOW)
    with pytest.raises(CodeRefusedError) as caught:
        codes.check(HERE, sent(inbox), NOW + LIFE)
    assert caught.value.refusal is Refusal.EXPIRED


def test_a_new_code_takes_the_place_of_the_old(codes: OneTimeCodes, inbox: Inbox) -> None:
    codes.request(HERE, "A1001", JANE, NOW)
    old = sent(inbox)
    codes.request(HERE, "A1001", JANE, NOW)
    new = sent(inbox, 2)
    if old != new:
        with pytest.raises(CodeRefusedError):
            codes.check(HERE, old, NOW)
    assert codes.check(HERE, new, NOW).email == JANE


def test_after_five_tries_the_right_one_is_none(codes: OneTimeCodes, inbox: Inbox) -> None:
    codes.request(HERE, "A1001", JANE, NOW)
    code = sent(inbox)
    for number in range(MOST_TRIES):
        with pytest.raises(CodeRefusedError):
            codes.check(HERE, other_than(code, number + 1), NOW)
    with pytest.raises(TooManyAttemptsError):
        codes.check(HERE, code, NOW)


def test_guessing_in_new_conversations_is_counted_by_address(codes: OneTimeCodes) -> None:
    for number in range(REQUESTS_OF_PAIR.most):
        codes.request(Asked(f"conversation-{number}", "d"), "A1001", JANE, NOW)
    for email in (JANE, JANE.upper(), f" {JANE} "):
        with pytest.raises(TooManyAttemptsError):
            codes.request(Asked("fresh", "d"), "A1001", email, NOW)
    codes.request(Asked("fresh", "d"), "A1001", JANE, NOW + timedelta(hours=2))


def test_an_address_that_is_nobodys_is_limited_alike(codes: OneTimeCodes) -> None:
    for number in range(REQUESTS_OF_PAIR.most):
        codes.request(Asked(f"c{number}", "d"), "A1", "x@example.com", NOW)
    with pytest.raises(TooManyAttemptsError):
        codes.request(Asked("fresh", "d"), "A1", "x@example.com", NOW)


def test_wrong_guesses_take_nothing_from_who_has_the_address(
    codes: OneTimeCodes, inbox: Inbox
) -> None:
    for number in range(20):
        codes.request(Asked(f"c{number}", "d"), f"A90{number:02}", JANE, NOW)
        with pytest.raises(CodeRefusedError):
            codes.check(Asked(f"c{number}", "d"), "000000", NOW)
    codes.request(HERE, "A1001", JANE, NOW)
    assert codes.check(HERE, sent(inbox), NOW).email == JANE


def test_who_knows_the_address_alone_takes_nothing_from_who_knows_an_order(
    codes: OneTimeCodes, inbox: Inbox
) -> None:
    for number in range(REQUESTS_OF_PAIR.most):
        codes.request(Asked(f"c{number}", "d"), "", JANE, NOW)
    with pytest.raises(TooManyAttemptsError):
        codes.request(Asked("fresh", "d"), "", JANE, NOW)
    codes.request(HERE, "A1001", JANE, NOW)
    assert codes.check(HERE, sent(inbox, REQUESTS_OF_PAIR.most + 1), NOW).email == JANE


def test_a_full_mailbox_tells_nobody_that_an_order_is_in_it(
    codes: OneTimeCodes, mail: CodeMail, inbox: Inbox, opened: sessionmaker[Session]
) -> None:
    """Two orders of Jane's share her mailbox's limit, and two of nobody's share none."""
    with opened.begin() as session:
        second = Order(number="A1003", customer_id="c1", status=OrderStatus.PAID, placed_at=NOW)
        second.currency, second.total = "USD", Decimal(5)
        session.add(second)
    for number in range(LETTERS.most - 1):
        for order in ("A1001", "A1003", "A9001", "A9003"):
            codes.request(Asked(f"{order}-{number}", "d"), order, JANE, NOW)
    mail.close()
    assert len(inbox.letters) == LETTERS.most


def test_a_code_that_is_on_its_way_is_left_at_that(
    codes: OneTimeCodes, mail: CodeMail, inbox: Inbox
) -> None:
    codes.request(HERE, "A9999", JANE, NOW)
    assert codes.awaits(HERE, "a-9999", JANE, NOW)
    assert not codes.awaits(HERE, "A1001", JANE, NOW)
    codes.request(HERE, "A1001", JANE, NOW, anew=False)  # the number is corrected
    code = sent(inbox)
    codes.request(HERE, "A1001", JANE.upper(), NOW, anew=False)
    codes.request(HERE, "", JANE, NOW, anew=False)
    assert codes.awaits(HERE, "", JANE, NOW)
    assert not codes.awaits(HERE, "", "", NOW + LIFE)
    assert codes.check(HERE, code, NOW).email == JANE
    assert not codes.awaits(HERE, "", "", NOW)
    mail.close()
    assert len(inbox.letters) == 1


def test_a_code_of_ones_own_does_not_tell_who_else_is_a_customer(
    codes: OneTimeCodes, inbox: Inbox
) -> None:
    """Nor does it show in whether the code before still counts."""
    for order, email in (("A1002", "nobody@example.com"), ("A9999", "nobody@example.com")):
        codes.request(HERE, "A1001", JANE, NOW)
        code = sent(inbox)
        inbox.letters.clear()
        codes.request(HERE, order, email, NOW, anew=False)
        with pytest.raises(CodeRefusedError):
            codes.check(HERE, code, NOW)


def test_a_wrong_code_says_how_many_tries_are_left(codes: OneTimeCodes, inbox: Inbox) -> None:
    for order in ("A1001", "A9999"):
        codes.request(HERE, order, JANE, NOW)
        for left in (4, 3, 2, 1, 0):
            with pytest.raises(CodeRefusedError) as caught:
                codes.check(HERE, "nonsense", NOW)
            assert caught.value.left == left
    assert not codes.may_ask(HERE, "A1001", JANE, NOW)
    assert codes.may_ask(HERE, "A1001", JANE, NOW + timedelta(hours=2))


def test_one_conversation_asks_so_often_an_hour(codes: OneTimeCodes) -> None:
    for number in range(REQUESTS.most):
        codes.request(HERE, "A1001", f"guess-{number}@example.com", NOW)
    with pytest.raises(TooManyAttemptsError):
        codes.request(HERE, "A1001", JANE, NOW)


def test_many_conversations_at_once_do_not_pass_the_limit_together(codes: OneTimeCodes) -> None:
    def ask(number: int) -> bool:
        try:
            codes.request(Asked(f"c{number}", "d"), "A1001", "y@example.com", NOW)
        except TooManyAttemptsError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(16))) <= REQUESTS_OF_PAIR.most


def test_neither_code_nor_typed_address_is_stored(
    codes: OneTimeCodes, inbox: Inbox, opened: sessionmaker[Session]
) -> None:
    codes.request(HERE, "A1001", JANE, NOW)
    code = sent(inbox)
    codes.request(Asked("other", "d"), "A1", "typed@example.com", NOW)
    with opened() as session:
        rows = [*session.scalars(select(OneTimeCode)), *session.scalars(select(IdentityAttempt))]
        stored = " ".join(
            str(value) for row in rows for name, value in vars(row).items() if name != "id"
        )
    assert code not in stored
    assert "typed@" not in stored


def test_a_mailbox_that_is_refused_tells_nobody(codes: OneTimeCodes, mail: CodeMail) -> None:
    codes.request(HERE, "A1002", "nobody@example.com", NOW)
    mail.close()
    mail.check()


def test_a_mail_server_that_is_away_is_told_to_everybody(
    opened: sessionmaker[Session], identities: Identities, caplog: pytest.LogCaptureFixture
) -> None:
    away = CodeMail(Mailer.of(Settings(smtp_url=f"smtp://127.0.0.1:{free_port()}")))
    codes = OneTimeCodes(opened, identities, away, customer_in(opened), "key")
    with caplog.at_level(logging.ERROR):
        codes.request(HERE, "A1001", JANE, NOW)
        away.close()
    assert JANE not in caplog.text
    assert "could not be sent" in caplog.text
    with pytest.raises(CodesUnavailableError):
        codes.request(Asked("other", "d"), "A9999", "x@example.com", NOW)


def test_a_reader_whom_no_mail_reaches_does_not_show_in_the_next_answer(
    opened: sessionmaker[Session], identities: Identities, tmp_path: Path
) -> None:
    with opened.begin() as session:
        session.get_one(Customer, "c1").email = "jane@shop.io"
    demo = CodeMail(DemoMail(tmp_path))
    codes = OneTimeCodes(opened, identities, demo, customer_in(opened), "key")
    codes.request(HERE, "A1001", "jane@shop.io", NOW)  # there is such an order
    codes.request(HERE, "A1002", "nobody@example.com", NOW)
    demo.close()
    assert [mail.to for mail in mailbox.latest(tmp_path)] == ["nobody@example.com"]
    demo.check()


def test_without_a_mail_server_no_code_is_promised(
    opened: sessionmaker[Session], identities: Identities
) -> None:
    codes = OneTimeCodes(opened, identities, CodeMail(None), customer_in(opened), "key")
    with pytest.raises(CodesUnavailableError):
        codes.request(HERE, "A1001", JANE, NOW)
