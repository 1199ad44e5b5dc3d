"""What customers say while they are asked who they are."""

import pytest

from bot.support import english_identity
from bot.support.english_people import declines_a_person


@pytest.mark.parametrize(
    ("text", "step", "expected"),
    [
        ("No", "number", "leaves"),
        ("cancel please", "code", "leaves"),
        ("cancel my order", "number", ""),
        ("cancel", "confirm", ""),
        ("why?", "email", "asks why"),
        ("what do you need that for?", "number", "asks why"),
        ("why is my parcel late", "number", ""),
        ("i won't tell you my email", "email", "declines"),
        ("do I have to?", "email", "declines"),
        ("I don't want it any more", "email", ""),
        ("I don't want to talk to a person, go back", "number", ""),
        ("i have no clue", "number", "lacks the number"),
        ("I can't find it", "number", "lacks the number"),
        ("I lost my number", "number", "lacks the number"),
        ("you lost my parcel", "number", ""),
        ("I can’t get into that mailbox", "code", "lost the mailbox"),
        ("that e-mail doesn't work anymore", "email", "lost the mailbox"),
        ("theo.abernathy@example.com", "email", ""),
    ],
)
def test_what_is_said_instead(text: str, step: str, expected: str) -> None:
    assert english_identity.reaction(text, step) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("send me another code", True),
        ("Resend", True),
        ("the code never came", True),
        ("I haven't received any code", True),
        ("apply the code again", False),
        ("send me a voucher code", False),
        ("I didn't get my discount code", False),
    ],
)
def test_another_code_is_no_voucher(text: str, expected: bool) -> None:
    assert english_identity.asks_for_a_code(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("123456", True),
        ("my code is 123-456", True),
        ("#123456", False),
        ("1234567", False),
        ("order 123456", False),
    ],
)
def test_six_digits_alone_are_a_code(text: str, expected: bool) -> None:
    assert english_identity.is_bare_code(text) is expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("forget the code, whats your return policy", "whats your return policy"),
        ("never mind the code. show me tents", "show me tents"),
        ("forget the number what is your return policy", "what is your return policy"),
        ("forget it", ""),
        ("forget the code", ""),
        ("never mind, thanks", ""),
        ("leave it", ""),
    ],
)
def test_what_is_wanted_instead(text: str, rest: str) -> None:
    assert english_identity.after_leaving(text) == rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I don't want to talk to a person, go back", True),
        ("no person please", True),
        ("I'd rather stay with the bot", True),
        ("I want a person", False),
        ("there is no human available?!", False),
        ("I don't want to talk to a bot, get me a human", False),
        ("I don't want a bot, I want a person", False),
    ],
)
def test_who_wants_no_person(text: str, expected: bool) -> None:
    assert declines_a_person(text) is expected
