"""Each order gets the verb of its own clause."""

import pytest

from bot.support import english_requests as english
from bot.support.errands import errands


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "wheres my order A1003, cancel A1004",
            [("order_status", "A1003"), ("cancel_order", "A1004")],
        ),
        ("cancel A1004 and A1039", [("cancel_order", "A1004"), ("cancel_order", "A1039")]),
        ("A1003 and A1004, cancel both", [("cancel_order", "A1003"), ("cancel_order", "A1004")]),
        ("A1004 cancel, A1039 track", [("cancel_order", "A1004"), ("order_status", "A1039")]),
        ("return A1005 and cancel A1004", [("return_order", "A1005"), ("cancel_order", "A1004")]),
        ("don't cancel A1004, cancel A1039", [("cancel_order", "A1039")]),
        ("cancel A1004 but not A1039", [("cancel_order", "A1004")]),
        ("don't cancel A1004 or A1039", []),
        ("A1004 and A1039", [("invoice", "A1004"), ("invoice", "A1039")]),
        ("cancel A1004", []),
    ],
)
def test_the_verb_of_its_clause(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.act, each.number) for each in errands(text, "invoice")] == found


def test_what_is_said_of_an_order_stays_with_it() -> None:
    first, second = errands("cancel A1005 and return A1006, too small. jane@example.com", "invoice")
    assert (first.said, first.email) == ("cancel A1005", "jane@example.com")
    assert "too small" in second.said


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("why was A1008 cancelled?", "order_status"),
        ("is A1004 cancelled?", "order_status"),
        ("I want A1004 cancelled", "cancel_order"),
        ("I was sent the wrong size, return A1003", "return_order"),
        ("where is A1012 going?", "order_status"),
        ("what's the address of A1012 now?", "order_status"),
        ("change the address on 1003", "change_address"),
        ("don't cancel it, just change the address", "change_address"),
        ("don't cancel it", None),
        ("A1003", None),
    ],
)
def test_the_plain_word_for_it(text: str, act: str | None) -> None:
    assert english.act_named(text) == act


@pytest.mark.parametrize(
    ("text", "is_negated"),
    [
        ("don't cancel it", True),
        ("do not cancel my order", True),
        ("I don't want to cancel it", True),
        ("I don't want my order to be cancelled", True),
        ("please don't send it back", True),
        ("I don't want it, cancel it", False),
        ("if you don't cancel A1004 I'll call my bank", False),
        ("why don't you cancel it", False),
        ("it's not cancelled yet", False),
    ],
)
def test_what_shall_not_be_done(text: str, is_negated: bool) -> None:
    assert english.is_negated(text) is is_negated
