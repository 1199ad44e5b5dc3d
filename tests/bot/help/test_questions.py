from pathlib import Path

import pytest

from bot.help.calibration import Calibration
from bot.help.passages import passages
from bot.help.questions import DEVELOPMENT, TEST, HelpQuestionsError, read_questions
from catalog.demo.source import POLICIES
from catalog.policy_files import read_policies


@pytest.mark.parametrize("file", [DEVELOPMENT, TEST])
def test_every_answer_is_a_passage_of_the_demo_shop(file: Path) -> None:
    names = {
        name for page in read_policies(POLICIES) for each in passages(page) for name in each.names
    }
    for question in read_questions(file):
        assert frozenset().union(*question.answers) <= names, question.ask


def test_what_measures_is_never_learnt_from() -> None:
    learnt = {each.ask.lower() for each in read_questions(DEVELOPMENT)}
    written = {
        asked.lower()
        for page in read_policies(POLICIES)
        for each in passages(page)
        for asked in each.asked
    }
    assert not {each.ask.lower() for each in read_questions(TEST)} & (learnt | written)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("questions = [", "can't be read"),
        ("", "has no questions"),
        ('questions = [{ ask = "why?" }]', "question 1: write"),
        ('questions = [{ ask = "why?", answers = [1] }]', "question 1: write"),
    ],
)
def test_a_file_that_is_no_question_set_is_named(tmp_path: Path, content: str, reason: str) -> None:
    file = tmp_path / "q.toml"
    file.write_text(content)
    with pytest.raises(HelpQuestionsError, match=reason):
        read_questions(file)


def test_a_calibration_is_read_as_it_was_kept(tmp_path: Path) -> None:
    shipped = Calibration.load()
    shipped.save(tmp_path / "c.json")
    assert Calibration.load(tmp_path / "c.json") == shipped
    (tmp_path / "c.json").write_text("{}")
    with pytest.raises(ValueError, match="is no calibration"):
        Calibration.load(tmp_path / "c.json")
