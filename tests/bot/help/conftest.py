"""A desk whose signals a test can foresee: cosines of shared words."""

import pytest

from bot.help.answers import HelpDesk
from bot.help.calibration import Calibration
from bot.help.finder import HelpFinder
from recommender.retrieval.analysis import Analyzer
from tests.bot.conftest import WordEncoder

BY_STATEMENT = Calibration(
    asked=1,
    whole=0,
    lexical=0,
    bias=-5,
    score=10,
    elsewhere=0,
    margin=0,
    threshold=0.5,
    likely=0.3,
)
"""Sure from half of the words on."""


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def finder(encoder: WordEncoder) -> HelpFinder:
    return HelpFinder(encoder, Analyzer("english"), (), BY_STATEMENT)


@pytest.fixture
def desk(finder: HelpFinder) -> HelpDesk:
    return HelpDesk(finder)
