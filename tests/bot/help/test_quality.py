"""What docs/decisions/0020-help-answers.md promises, with the models that ship."""

from pathlib import Path

import pytest

from bot.help.answers import HelpDesk
from bot.help.calibration import Calibration
from bot.help.learning import MOST_WRONG, learn
from bot.help.measuring import measure
from bot.help.questions import DEVELOPMENT, TEST, read_questions
from catalog.demo.source import POLICIES
from catalog.policy_files import read_policies
from recommender.serving.models import open_minilm


@pytest.fixture(scope="module")
def desk(models: Path) -> HelpDesk:
    return HelpDesk.open(open_minilm(models))


def test_held_out_questions_get_their_passage_and_seldom_a_wrong_one(desk: HelpDesk) -> None:
    report, _ = measure(desk, read_policies(POLICIES), read_questions(TEST))
    assert (report.questions, report.answerable) == (120, 90)
    assert report.right_passage >= 0.9
    assert report.answered >= 0.8
    assert report.wrong_with_confidence <= 0.05


def test_what_ships_was_learnt_from_the_development_set_alone(desk: HelpDesk) -> None:
    learnt = learn(desk.finder, read_policies(POLICIES), read_questions(DEVELOPMENT))
    shipped = Calibration.load()
    assert learnt.asked == pytest.approx(shipped.asked, abs=0.01)
    assert learnt.threshold == pytest.approx(shipped.threshold, abs=0.01)
    report, _ = measure(desk, read_policies(POLICIES), read_questions(DEVELOPMENT))
    assert report.wrong_with_confidence <= MOST_WRONG
