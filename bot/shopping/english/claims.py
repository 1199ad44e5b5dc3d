"""English: what a sentence claims of stock, and where a name stands in it."""

import re

_IGNORE = re.IGNORECASE
_LEFT = re.compile(r"\b(?:only )?(\d+) (?:are |is )?left\b", _IGNORE)
_OUT = re.compile(
    r"\b(?:out of stock|sold out|not (?:in stock|available)|no longer (?:available|sold))\b",
    _IGNORE,
)
_IN = re.compile(r"\b(?:is|are|it's) (?:back )?in stock(?: right now)?\b", _IGNORE)
_UNSURE = re.compile(r"\b(?:when|if|whether|once|tell you|write to)\b", _IGNORE)
_NAME = re.compile(r"\b(?:[A-Z][\w'’]*(?:[- ](?=[A-Z0-9])[\w'’]+)+)")
_ADDRESS = re.compile(r"\bhttps?://\S+|(?<!\w)/\w+/\S+|\S+@\S+")
_QUOTED = re.compile("“[^”]*”")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[^a-z])|\n+")


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text, without the addresses in it."""
    return [part for part in _SENTENCE.split(_ADDRESS.sub(" ", text)) if part.strip()]


def without_quotes(sentence: str) -> str:
    return _QUOTED.sub(" ", sentence)


def how_many_left(sentence: str) -> int | None:
    match = _LEFT.search(sentence)
    return None if match is None else int(match[1])


def claims_in_stock(sentence: str) -> bool:
    """Whether something is said to be in stock now."""
    return bool(_IN.search(sentence)) and not _OUT.search(sentence) and not _UNSURE.search(sentence)


def claims_out_of_stock(sentence: str) -> bool:
    return bool(_OUT.search(sentence)) and not _UNSURE.search(sentence)


def names(sentence: str) -> list[str]:
    """What is written like the name of a product: words with capitals, one after the other.

    The first word of a sentence has a capital in any case.
    """
    found = []
    for match in _NAME.finditer(sentence):
        name = match[0]
        if not sentence[: match.start()].strip(" “\"'•"):
            name = name.partition(" ")[2]
        # "November 2" is a date.
        if sum(word[:1].isupper() for word in re.split("[ -]", name)) > 1:
            found.append(name)
    return found
