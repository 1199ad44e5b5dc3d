"""English: the words that point at a product of the conversation."""

import re

_IGNORE = re.IGNORECASE

_ORDINALS = {
    "first": 0, "1st": 0, "frist": 0, "second": 1, "2nd": 1, "secnd": 1, "third": 2, "3rd": 2,
    "fourth": 3, "4th": 3, "fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6,
    "eighth": 7, "8th": 7, "ninth": 8, "9th": 8, "tenth": 9, "10th": 9, "last": -1,
}  # fmt: skip
_CARDINALS = {"one": 0, "two": 1, "three": 2, "four": 3, "five": 4, "six": 5}
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\b", _IGNORE)
_NUMBERED = re.compile(
    rf"(?:#|\b(?:number|no\.?|nr\.?|item|product|option)\s*)(\d{{1,3}}|{'|'.join(_CARDINALS)})\b",
    _IGNORE,
)
_BARE_NUMBER = re.compile(r"\s*(\d{1,2})\s*[.!?]?\s*", _IGNORE)
_SUPERLATIVE_LOW = re.compile(r"\b(cheapest|least expensive|lowest price)\b", _IGNORE)
_SUPERLATIVE_HIGH = re.compile(r"\b(most expensive|priciest|dearest)\b", _IGNORE)
_OF_THOSE = re.compile(
    r"\b(?:of|among|from|out of) (?:these|those|them|the \w+ you showed)\b", _IGNORE
)
_PRONOUN = re.compile(r"\b(?:it|its|it's|(?:this|that)(?: one)?(?! \w+ one))\b", _IGNORE)

_CODE = re.compile(
    r"\b(?:product|item|article|sku|id|model)\s+#?((?=[\w-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*)\b"
    r"|\b([a-z]{2,}[a-z0-9]*-\d{2,}(?:-[a-z0-9]+)*)\b",
    _IGNORE,
)
_SHORTEST_CODE = 4


def position(text: str) -> int | None:
    """Which of a list is meant, from 0; negative counts from the end; None if no place is named."""
    if match := _NUMBERED.search(text) or _BARE_NUMBER.fullmatch(text):
        word = match[1].lower()
        number = _CARDINALS[word] + 1 if word in _CARDINALS else int(word)
        return number - 1 if number > 0 else None
    if match := _ORDINAL.search(text):
        return _ORDINALS[match[1].lower()]
    return None


def product_code(text: str) -> str | None:
    """An id or article number, as in "product xyz-999"; "product 2" is a place in a list."""
    for match in _CODE.finditer(text):
        code: str = match[1] or match[2]
        if len(code) >= _SHORTEST_CODE:
            return code
    return None


def wants_cheapest(text: str) -> bool:
    return bool(_SUPERLATIVE_LOW.search(text))


def wants_priciest(text: str) -> bool:
    return bool(_SUPERLATIVE_HIGH.search(text))


def among_those_shown(text: str) -> bool:
    """Whether a choice is among what is on the screen: "the cheapest of these"."""
    return bool(_OF_THOSE.search(text))


def has_pronoun(text: str) -> bool:
    """Whether "it", "this" or "that" points at a product."""
    return bool(_PRONOUN.search(text))
