"""Queries that name a thing by a word that few products have: a model, a part, a small brand."""

import re
from collections import Counter
from collections.abc import Iterable

from recommender.evaluation.judged_queries import JudgedQueries

RARE_BELOW = 5
"""Titles; a word in fewer is rare. One in none at all is a spelling mistake, as often as not."""


def rare_word_queries(queries: JudgedQueries, titles: Iterable[str]) -> set[str]:
    """The ids of the queries with a word that at least one title has, but fewer than five."""
    held = Counter(word for title in titles for word in set(_words(title)))
    return {
        query_id
        for query_id, text in queries.texts.items()
        if any(0 < held[word] < RARE_BELOW for word in _words(text))
    }


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
