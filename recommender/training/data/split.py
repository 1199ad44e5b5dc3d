"""Which queries and products a model may learn from, and which only measure it.

The split is a pure function of the texts and ids: training and evaluation agree on it without
a file between them, and adding a query moves no other one across, unless it ties two together.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from recommender.evaluation.judged_queries import QueryPart

_DEV_SHARE = 0.15
_TEST_SHARE = 0.35
_DEV_ONE_IN = 10
_SAME_QUESTION = 0.6
"""Queries that share this part of their words, as Jaccard similarity, ask the same thing."""


class Part(StrEnum):
    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


def part_of(key: str) -> Part:
    """The part that a text or id falls in by its hash."""
    digest = hashlib.sha256(key.encode()).digest()
    share = int.from_bytes(digest[:8]) / 2**64
    if share < _TEST_SHARE:
        return Part.TEST
    return Part.DEV if share < _TEST_SHARE + _DEV_SHARE else Part.TRAIN


def by_first(group: Sequence[str]) -> Part:
    """The part of the first of some queries that ask the same."""
    return part_of(min(group))


def by_evaluation(group: Sequence[str]) -> Part:
    """The part that keeps `aisle evaluate search --part test` untouched: a question that one of
    its queries asks is never trained on. Of the others a tenth is for development."""
    if any(QueryPart.TEST.holds(query) for query in group):
        return Part.TEST
    digest = hashlib.sha256(f"dev {min(group)}".encode()).digest()
    return Part.DEV if int.from_bytes(digest[:8]) % _DEV_ONE_IN == 0 else Part.TRAIN


def split_queries(
    queries: Iterable[str], part_of_group: Callable[[Sequence[str]], Part] = by_first
) -> Mapping[str, Part]:
    """The part of each query. Near-duplicates, such as a plural or a swapped word order, are
    always in the same part, so that none is measured on what it was trained on."""
    parts: dict[str, Part] = {}
    for group in _near_duplicates(queries):
        part = part_of_group(group)
        parts.update(dict.fromkeys(group, part))
    return parts


def _near_duplicates(queries: Iterable[str]) -> list[list[str]]:
    """Connected components of the graph whose edges are pairs of queries alike."""
    words = {query: _words(query) for query in sorted(set(queries))}
    by_word: dict[str, list[str]] = defaultdict(list)
    leader = {query: query for query in words}

    def find(query: str) -> str:
        while leader[query] != query:
            leader[query] = leader[leader[query]]
            query = leader[query]
        return query

    for query, mine in words.items():
        for other in {other for word in mine for other in by_word[word]}:
            if len(mine & words[other]) >= _SAME_QUESTION * len(mine | words[other]):
                leader[find(query)] = find(other)
        for word in mine:
            by_word[word].append(query)
    groups: dict[str, list[str]] = defaultdict(list)
    for query in words:
        groups[find(query)].append(query)
    return list(groups.values())


def _words(query: str) -> frozenset[str]:
    """Its words without case or a plural's s; the query itself where it has none."""
    words = re.findall(r"\w+", query.casefold())
    return frozenset(word.removesuffix("s") for word in words) or frozenset([query])
