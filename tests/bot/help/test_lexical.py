import pytest

from bot.help.lexical import SharedWords
from recommender.retrieval.analysis import Analyzer


def test_rare_words_count_more_and_stems_are_the_same() -> None:
    words = SharedWords(Analyzer("english"), ["we ship parcels", "we refund returns", "we pay"])
    scores = words.scores("are you refunding we")
    assert scores.argmax() == 1
    assert 0 < scores[0] < scores[1] < 1


@pytest.mark.parametrize("texts", [[], [""]])
def test_nothing_shared_is_nothing(texts: list[str]) -> None:
    assert not SharedWords(Analyzer("english"), texts).scores("?").any()
