"""Mistyped words of a question, put right from the words of the help pages."""

import re
from collections.abc import Collection

from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 5
"""Letters. One slip makes of a shorter word too many others."""
_LONG = 8
"""Letters from which a word may have two slips."""


class Spelling:
    """Knows the words of the pages, and those that the language has anyway."""

    def __init__(self, pages: Collection[str], language: Collection[str]) -> None:
        words = {word for text in pages for word in words_of(text)}
        self._pages = sorted(word for word in words if len(word) >= _SHORTEST)
        self._known = words | set(language)

    def corrected(self, question: str) -> str:
        """The question with each unknown word replaced by the one page's word nearest to it, where
        it is a slip or two away: a letter too few, too many, wrong, or two that changed places."""
        return _WORD.sub(lambda match: self._nearest(match[0]), question)

    def _nearest(self, word: str) -> str:
        plain = word.lower()
        if len(plain) < _SHORTEST or plain in self._known:
            return word
        slips = 2 if len(plain) >= _LONG else 1
        distances = [
            (OSA.distance(plain, other, score_cutoff=slips), other)
            for other in self._pages
            # People rarely mistype how a word begins.
            if other[0] == plain[0] and abs(len(other) - len(plain)) <= slips
        ]
        near = sorted(each for each in distances if each[0] <= slips)
        is_clear = near and (len(near) == 1 or near[0][0] < near[1][0])
        return near[0][1] if is_clear else word


def words_of(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
