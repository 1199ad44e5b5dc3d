"""More training data from what there is: the same questions, put as other customers would."""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import numpy as np

from recommender.training.config import TrainingConfig
from recommender.training.data.dataset import Encode
from recommender.training.data.noise import mistyped

_SAME_MEANING = 0.82
"""Cosine of two words from which one stands for the other. MiniLM has sofa and couch at .86,
fridge and refrigerator at .96; but white and black at .76, and red and blue at .73. The retriever
that ships has them at .82 and .96, and at .26 and .38."""
_SAME_STEM = 4
"""Letters that two forms of a word share: a plural says nothing new."""
_MOST_WORDS = 20_000
_MISTYPED_WORDS = 0.5
_CHUNK = 500

Example = TypeVar("Example")


def augmented(
    examples: Iterable[Example],
    config: TrainingConfig,
    encode: Encode,
    rng: random.Random,
    *,
    query_of: Callable[[Example], str],
    with_query: Callable[[Example, str], Example],
    with_texts: Callable[[Example, Callable[[str], str]], Example],
) -> list[Example]:
    """The examples, and copies of some: as many of each kind as the configuration says.

    Args:
        query_of, with_query: the query of an example, and the example with another.
        with_texts: the example with each of its product texts changed.
    """
    examples = list(examples)
    more: list[Example] = []
    for share, change in (
        (config.typos, lambda each: _mistyped_query(each, query_of, with_query, rng)),
        (config.dropped_attributes, lambda each: with_texts(each, lambda t: shortened(t, rng))),
    ):
        more += [change(each) for each in rng.sample(examples, round(share * len(examples)))]
    if config.synonyms:
        other = Synonyms((query_of(each) for each in examples), encode)
        chosen = rng.sample(examples, round(config.synonyms * len(examples)))
        for each in chosen:
            query = other.replaced(query_of(each), rng)
            if query is not None:
                more.append(with_query(each, query))
    return [*examples, *more]


def shortened(text: str, rng: random.Random) -> str:
    """A product text as a shop writes it that knows less: a title, and some of the rest."""
    title, *rest = text.split(". ")
    return ". ".join([title, *(part for part in rest if rng.random() < 0.5)])


class Synonyms:
    """Which words of the queries may stand for each other, by what the embedding knows of them.

    Args:
        queries: whose words are taken, the commonest of too many.
    """

    def __init__(self, queries: Iterable[str], encode: Encode) -> None:
        counts: dict[str, int] = {}
        for query in queries:
            for word in _words(query):
                counts[word] = counts.get(word, 0) + 1
        words = sorted(counts, key=lambda word: -counts[word])[:_MOST_WORDS]
        vectors = encode(words) if words else np.empty((0, 1), np.float32)
        self._others: dict[str, list[str]] = {}
        for start in range(0, len(words), _CHUNK):
            near = vectors[start : start + _CHUNK] @ vectors.T >= _SAME_MEANING
            for word, row in zip(words[start : start + _CHUNK], near, strict=True):
                others = [words[place] for place in np.flatnonzero(row)]
                others = [other for other in others if other[:_SAME_STEM] != word[:_SAME_STEM]]
                if others:
                    self._others[word] = others

    def of(self, word: str) -> list[str]:
        return self._others.get(word, [])

    def of_all(self, queries: Mapping[str, str]) -> dict[str, str]:
        """By id, those queries that have a word to replace, with one replaced, always the same."""
        rng = random.Random(0)  # noqa: S311 (a sample, not a secret)
        replaced = {id: self.replaced(text, rng) for id, text in queries.items()}
        return {id: text for id, text in replaced.items() if text is not None}

    def replaced(self, query: str, rng: random.Random) -> str | None:
        """The query with one of its words replaced; None if no word can be."""
        words = [word for word in _words(query) if self.of(word)]
        if not words:
            return None
        word = rng.choice(words)
        other = rng.choice(self.of(word))
        return re.sub(rf"\b{re.escape(word)}\b", other, query.lower(), count=1)


def _mistyped_query(
    example: Example,
    query_of: Callable[[Example], str],
    with_query: Callable[[Example, str], Example],
    rng: random.Random,
) -> Example:
    words = query_of(example).split()
    return with_query(example, " ".join(mistyped(words, rng, _MISTYPED_WORDS)))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]{3,}", text.lower())
