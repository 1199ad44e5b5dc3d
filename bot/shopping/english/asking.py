"""English: the words that ask something of a product."""

import re

_IGNORE = re.IGNORECASE

_ASPECTS = {
    "price": r"how much(?! (?:does|do|did) (?:it|they|that|this) weigh| weight)|costs?|price",
    "stock": r"in stock|available|availability|left|sold out"
    r"|how many(?= (?:are|do|have|of|left|in)\b|\W*$)",
    "size": r"sizes?",
    "color": r"colou?rs?",
    "material": r"made (?:of|from)|materials?|fabric",
    "brand": r"brand|who makes|made by|maker",
    "link": r"link|url|page|where can i see|picture|photo|image|buy|cart|basket|take|order",
}
_ASPECT = {aspect: re.compile(rf"\b(?:{words})\b", _IGNORE) for aspect, words in _ASPECTS.items()}
_PICKS = re.compile(
    r"\b(?:which|any|are any) (?:ones? |of )(?:of )?(?:them|these|those|is|are|has|have)\b", _IGNORE
)
_ASKS_WHICH = re.compile(r"\b(what|which|other|any other)\b", _IGNORE)
_MORE_OF_IT = re.compile(
    r"\b(tell|more|details?|info(?:rmation)?|describe|specs?|specifications?|show|open|about"
    r"|like|everything)\b",
    _IGNORE,
)


def aspects(text: str) -> tuple[str, ...]:
    """What of a product is asked: among price, stock, size, color, material, brand and link."""
    return tuple(aspect for aspect, pattern in _ASPECT.items() if pattern.search(text))


_WHETHER = re.compile(r"^\W*(?:is|does|can|has) (?:it|this|that)(?: one)?\b", _IGNORE)
_YES_OR_NO = re.compile(r"^\W*(?:and\s+)?(?:does|do|is|are|can|has|have)\b", _IGNORE)
_MEASURES = {
    "heavy": ("weight", "weighs"),
    "weigh": ("weight",),
    "long": ("length", "long"),
    "wide": ("width", "wide"),
    "thick": ("thickness", "thick"),
    "tall": ("height", "tall"),
    "high": ("height", "high"),
    "big": ("dimensions", "capacity", "volume", "size", "length"),
    "large": ("dimensions", "capacity", "volume", "size"),
    "deep": ("depth",),
    "people": ("person", "sleeps", "capacity"),
    "loud": ("noise", "quiet", "decibel"),
    "fast": ("speed",),
    "lasts": ("battery", "runtime"),
    "last": ("battery", "runtime"),
    "filled": ("filling", "fill"),
    "warm": ("temperature", "comfort", "warm"),
}


def asks_whether(text: str) -> bool:
    """Whether it is asked of one product if something is so: "is it available in pink?"."""
    return bool(_WHETHER.search(text))


def asks_yes_or_no(text: str) -> bool:
    """Whether it begins like a question, with or without its mark: "does it come in green"."""
    return bool(_YES_OR_NO.search(text))


def measured_by(word: str) -> tuple[str, ...]:
    """What a shop calls the measure of it: weight, of "heavy"."""
    return _MEASURES.get(word, ())


def asks_which(text: str) -> bool:
    """Whether values are asked for ("what sizes"), rather than one value ("in size 9")."""
    return bool(_ASKS_WHICH.search(text))


def asks_for_everything(text: str) -> bool:
    return bool(_MORE_OF_IT.search(text))


def picks_some(text: str) -> bool:
    """Whether it is asked of which products something is true: "which of them is waterproof?"."""
    return bool(_PICKS.search(text))
