from recommender.search import MOST_RESULTS
from tests.bot.cli.conftest import RunAisle


def test_more_than_a_search_gives_is_wrong_usage(aisle: RunAisle) -> None:
    done = aisle("search", "stool", "-k", str(MOST_RESULTS + 1))
    assert done.status == 2
    assert str(MOST_RESULTS) in done.err
