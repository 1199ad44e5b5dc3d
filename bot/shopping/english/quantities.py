"""English: how many of something."""

import re

_IGNORE = re.IGNORECASE

_NUMBERS = {
    "zero": 0, "none": 0, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100, "thousand": 1000,
    "a couple": 2, "couple": 2, "both": 2, "a pair": 1, "half a dozen": 6, "a dozen": 12,
    "dozen": 12, "twice": 2, "thrice": 3, "a hundred": 100, "a thousand": 1000,
}  # fmt: skip
_ARTICLES = frozenset({"a", "an", "both"})
_WORDS = "|".join(
    sorted((word for word in _NUMBERS if word not in _ARTICLES), key=len, reverse=True)
)
# Neither an ordinal nor a part of "1.5", "$20" or "10-inch".
_DIGITS = r"(?<![\d.,$€£#-])\d{1,6}(?![\d-]|[.,]\d|st\b|nd\b|rd\b|th\b)"
_NUMBER = rf"(?P<n>{_DIGITS}|\b(?:{_WORDS})\b)"
_UNIT = r"(?!\s*(?:inch|inches|cm|mm|ft|feet|oz|lbs?|kg|g|ml|l|litres?|liters?|gb|tb|w|v|%)\b)"
_MENTIONS_SIZE = r"(?<!size )(?<!sizes )(?<!\ba )(?<!\ban )(?<!number )(?<!no )(?<!no\. )"

_OTHER_NUMBER = _NUMBER.replace("<n>", "<m>")
_MORE = re.compile(
    rf"{_NUMBER}\s+(?:\w+\s+)?more\b|\banother\s+{_OTHER_NUMBER}(?!\s+of\b)", _IGNORE
)
_ANOTHER = re.compile(r"\b(?:another|again|once more)\b", _IGNORE)
_LESS = re.compile(
    rf"{_NUMBER}\s+(?:\w+\s+)?(?:less|fewer)\b|\b(?:less|fewer)\s+by\s+{_OTHER_NUMBER}", _IGNORE
)

_QUANTITIES = tuple(
    re.compile(pattern, _IGNORE)
    for pattern in (
        rf"\b(?:quantity|qty|amount)\s*(?:to|of|is|:|=)?\s*{_NUMBER}",
        rf"{_NUMBER}\s*(?:pieces?|pcs?|units?|copies|pairs?|sets?|times|x)(?:\b|$)",
        rf"\b(?:x|times)\s*{_NUMBER}\b",
        r"\b(?P<n>twice|thrice)\b",
        rf"{_MENTIONS_SIZE}{_NUMBER}\s+(?:pairs?\s+)?of\b",
        rf"\b(?:make|want|need|have|take|get|buy|order|grab|add|put|keep|change|set|bring|gimme|give"
        rf"|remove|delete|drop|send|do|only|just|to|down to|up to|reduce|increase)"
        rf"(?:\s+(?:me|us|it|that|this|them|those|these|in|out|only|just|maybe|about|to|like|order"
        rf"|have|buy|get))*"
        rf"\s+{_NUMBER}{_UNIT}(?!\s+(?:more|less|fewer)\b)",
        rf"\b(?:make|set|change|update)\b[^.!?]*\s{_MENTIONS_SIZE}(?!one\b){_NUMBER}"
        rf"(?:\s+please)?\s*[.!]?$",
        rf"^\s*(?:(?:yes|yeah|ok|okay|just|only|actually|no|rather|sorry|better)[\s,]+)*{_NUMBER}"
        rf"(?:\s+(?:please|pls|thanks|then|only))*\s*[.!]?\s*$",
    )
)
_LIST_OF_PRODUCTS = re.compile(
    r"\b(?:first|last|top|other|these|those|the)\s+(?:two|three|four|five|six|\d)\b", _IGNORE
)
_OF_WHICH = re.compile(
    rf"(?:{_NUMBER}|\ba)\s*(?:x|pairs?|sets?|pieces?)?\s+of\s+(?:(those|these|them|it)\b|(?=\w))",
    _IGNORE,
)
_NEGATIVE = re.compile(r"(?<![\w-])-\s?\d+\b")
_SIZE = re.compile(
    r"\b(?:an?|to|in|for|into)\s+(?:an?\s+)?(\d{1,3}(?:\.5)?|x{0,3}[sml])(?![\w.-])"
    r"(?!\s*(?:pack|piece|pair|of|inch|more|less)\b)",
    _IGNORE,
)
_SIZE_STEP = re.compile(
    r"\bsizes?\s+(bigger|larger|up|smaller|down)\b|\b(bigger|larger|smaller)(?:\s+(?:one|size))?\b",
    _IGNORE,
)
_OF_PIECES = re.compile(r"\b(?:quantity|qty|amount|number|pieces?|units?)\b", _IGNORE)
_EACH = re.compile(r"\b(?:all|both|each|every|everything)\b", _IGNORE)


def quantity(text: str) -> int | None:
    """How many are wanted, "two" or "a pair of" (which is one); None where no number is said.

    Fewer than none is none. Neither a size ("in size 9") nor a place ("the first two") is a
    number of pieces.
    """
    if _NEGATIVE.search(text):
        return 0
    match = _quantity(_LIST_OF_PRODUCTS.sub("them", text))
    return None if match is None else _value(match["n"])


def without_quantity(text: str) -> str:
    """What is left to say which product is meant: "two of those" are two of it."""
    plain = _OF_WHICH.sub(lambda match: "it" if match[2] else "", text)
    if plain == text and not _LIST_OF_PRODUCTS.search(text) and (match := _quantity(text)):
        plain = text[: match.start("n")] + text[match.end("n") :]
    return " ".join(plain.split())


def size_named(text: str) -> str | None:
    """What may be a size where no word says so: the 30 of "make that a 30", "change it to 30"."""
    match = None if _OF_PIECES.search(text) else _SIZE.search(text)
    return match[1] if match else None


def size_step(text: str) -> int | None:
    """1 for "a size bigger", -1 for "one size down"."""
    match = _SIZE_STEP.search(text)
    if match is None:
        return None
    return 1 if (match[1] or match[2]).lower() in ("bigger", "larger", "up") else -1


def means_each(text: str) -> bool:
    """Whether all are meant and said to be: "add both", "one of each"."""
    return bool(_EACH.search(text))


def quantity_change(text: str) -> int | None:
    """How many more, "one more" or "another two", or fewer, where that is negative."""
    if match := _LESS.search(text):
        return -_value(match["n"] or match["m"])
    if match := _MORE.search(text):
        return _value(match["n"] or match["m"])
    return 1 if _ANOTHER.search(text) else None


def _quantity(text: str) -> re.Match[str] | None:
    return next((match for each in _QUANTITIES if (match := each.search(text))), None)


def _value(said: str) -> int:
    word = " ".join(said.lower().split())
    return _NUMBERS[word] if word in _NUMBERS else int(word)
