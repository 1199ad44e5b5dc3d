"""English: slips in the words with which one asks; names are the catalogue's affair."""

import re
from collections.abc import Callable

from rapidfuzz.distance import OSA, Indel

_REQUEST_WORDS = (
    "show", "have", "want", "need", "under", "over", "about", "above", "below", "most", "least",
    "looking", "please", "some", "more", "with", "without", "cheaper", "cheapest", "only",
    "find", "like", "something", "anything", "second", "third", "first", "compare", "wireless",
    "between", "dollars", "budget", "similar", "return", "remove", "different", "color",
    "colour", "size", "brand", "instead", "actually", "pink", "blue", "green", "black", "white",
    "grey", "brown", "yellow", "orange", "purple",
)  # fmt: skip
_WORD = re.compile(r"(?<![\w'’.@/-])[A-Za-z]{3,}(?![\w'’@/-]|\.\w)")
_FOR = re.compile(
    r"\b4 (?=(?:men|women|kids|boys|girls|my|me|him|her|dad|mum|mom)\b)", re.IGNORECASE
)
_SHORT = 3


def respelled(text: str, knows: Callable[[str], bool]) -> str:
    """The message with the unknown words put right that are one slip from a word of asking.

    A slip is a letter too few, too many, or two that changed places. A word of three letters is
    put right only where one is missing.

    Args:
        knows: Whether the shop knows a word; such a one stays.
    """
    plain = _FOR.sub("for ", text)
    return _WORD.sub(lambda match: _nearest(match[0], knows), plain)


def _nearest(word: str, knows: Callable[[str], bool]) -> str:
    plain = word.lower()
    if plain in _REQUEST_WORDS or knows(plain):
        return word
    near = [other for other in _REQUEST_WORDS if _is_slip(plain, other)]
    if len(near) != 1:
        return word
    return near[0].upper() if word.isupper() else near[0]


def _is_slip(word: str, other: str) -> bool:
    if len(word) == _SHORT:
        return len(other) == _SHORT + 1 and Indel.distance(word, other) == 1
    swapped = OSA.distance(word, other) == 1 and sorted(word) == sorted(other)
    return swapped or (Indel.distance(word, other) == 1 and len(other) > _SHORT)
