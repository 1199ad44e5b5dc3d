"""Slips of the finger, as real queries have them."""

import random
from collections.abc import Iterator, Sequence

TYPO_SHARE = 0.08
"""Of the longer words of real queries, roughly."""
_SHORTEST = 5


def mistyped(words: Sequence[str], rng: random.Random, share: float = TYPO_SHARE) -> Iterator[str]:
    """The words, some of the longer ones with a letter lost or two swapped."""
    for word in words:
        if len(word) < _SHORTEST or not word.isalpha() or rng.random() >= share:
            yield word
            continue
        at = rng.randrange(1, len(word) - 1)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        yield rng.choice([word[:at] + word[at + 1 :], swapped])
