"""How the lists of words are written down."""

from recommender.query.language import Phrase


def phrases(*texts: str) -> frozenset[Phrase]:
    return frozenset(tuple(text.split()) for text in texts)


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())
