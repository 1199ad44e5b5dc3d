from pathlib import Path

import pytest

from tests.bot.cli.conftest import RunAisle


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("turns:\n  - say: tents\n    expect: {shwn: nothing}\n", "turns.1.expect.shwn"),
        ("hello", "must begin with `turns:`"),
    ],
)
def test_a_mistake_in_a_test_is_told_in_one_line(
    aisle: RunAisle, tmp_path: Path, text: str, reason: str
) -> None:
    (tmp_path / "customer_says_hello.yml").write_text(text)
    done = aisle("evaluate", "dialogue", "--tests", str(tmp_path))
    assert done.status == 1
    assert reason in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_a_folder_without_tests_is_told(aisle: RunAisle, tmp_path: Path) -> None:
    done = aisle("evaluate", "dialogue", "--tests", str(tmp_path))
    assert done.status == 1
    assert "no conversation test" in done.err


def test_a_name_that_no_test_has_is_told(aisle: RunAisle) -> None:
    done = aisle("evaluate", "dialogue", "--only", "customer_flies_to_the_moon")
    assert done.status == 1
    assert "customer_flies_to_the_moon" in done.err


def test_no_running_assistant_is_told(aisle: RunAisle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AISLE_RASA_URL", "http://127.0.0.1:9")
    done = aisle("evaluate", "dialogue", "--here", "--only", "customer_is_polite")
    assert done.status == 1
    assert "No assistant answers" in done.err
