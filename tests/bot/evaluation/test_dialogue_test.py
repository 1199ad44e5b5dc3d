"""Conversation tests are read strictly: a slip of the pen is an error, not a test less."""

from pathlib import Path

import pytest

from bot.evaluation.dialogue_test import DialogueTestError, read, read_all
from bot.evaluation.expectation import CartLine, Shown


def write(folder: Path, text: str) -> Path:
    (folder / "references").mkdir(exist_ok=True)
    path = folder / "references" / "customer_means_it.yml"
    path.write_text(text)
    return path


def test_a_file_reads_as_a_conversation(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "turns:\n"
        "  - say: tents\n"
        "  - say: add the first one\n"
        "    expect: {act: add_to_cart, cart: [2 x card 1], shown: nothing}\n",
    )
    test = read(path, tmp_path)
    assert test.name == "references/customer_means_it"
    assert [turn.say for turn in test.turns] == ["tents", "add the first one"]
    expected = test.turns[1].expect
    assert expected.cart == (CartLine(product="card 1", quantity=2),)
    assert expected.shown == Shown(exactly=0)
    assert read_all(tmp_path) == [test]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("turns: []", "turns: .*at least 1"),
        ("- say: hello", "must begin with `turns:`"),
        ("turns:\n  - say: tents\n    expect: {focuss: card 1}", "turns.1.expect.focuss: Extra"),
        ("turns:\n  - say: tents\n    expect: {wish: {colour: red}}", "wish.colour: Extra"),
        ("turns:\n  - say: tents\n    expect: {shown: {at_least: many}}", "shown.at_least"),
        ("turns: [", "while parsing"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, reason: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(DialogueTestError, match=f"customer_means_it.yml: .*{reason}"):
        read(path, tmp_path)


def test_a_folder_without_tests_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DialogueTestError, match="no conversation test"):
        read_all(tmp_path)
