"""English: the words that put products beside each other, or ask for others like one."""

import re

_IGNORE = re.IGNORECASE

_JUDGES = re.compile(
    r"\b(?:which|what|who)\b.*\b(?:better|best|cheaper|cheapest|dearer|pricier|expensive|rated|rating"
    r"|reviews?|reviewed|recommend|take|get|buy|choose|pick|go (?:for|with))\b"
    r"|\b(?:better|cheaper|recommend)\b",
    _IGNORE,
)
_RANKS = re.compile(
    r"\b(?:(?:more|most|less|least)\s+expensive|cheaper|cheapest|dearer|pricier|better|best|higher"
    r"|highest|top)(?:[- ](?:rated|reviewed|ratings?|reviews?|value|quality|price|deal|buy))?\b",
    _IGNORE,
)
_COMPARES = re.compile(
    r"\b(?:compare|comparison|comparing|difference|differences|differ|different|between|which|what"
    r"|versus|vs|better|should|recommend|choose|pick|side|other|others|rest|all|them|these|those|everything|every|each|both|choice|option|options"
    r"|please|would|one|ones)\b",
    _IGNORE,
)
_BY_PRICE = re.compile(
    r"\b(?:cheap(?:er|est)|(?:less|more|most|least) expensive|pricier|dearer|price|costs?)\b",
    _IGNORE,
)
_BY_RATING = re.compile(r"\b(?:rated|rating|ratings|reviews?|reviewed|stars)\b", _IGNORE)
_QUALITY = re.compile(
    r"\b(?:is|are|would be|looks?|feels?)\s+(?:the\s+)?"
    r"((?:more|most|less|least)\s+\w+|\w{3,}(?:er|est))\b",
    _IGNORE,
)
_NO_QUALITY = frozenset(
    {"better", "best", "dearer", "dearest", "other", "over", "under", "after", "later"}
)
_BUT = re.compile(r"\b(?:but|only|except|just)\b[\s,]*(.*)$", _IGNORE | re.DOTALL)

_BEGINS = re.compile(r"^\W*(?:please\s+|can you\s+)?compare\b", re.IGNORECASE)


def begins_a_comparison(text: str) -> bool:
    return bool(_BEGINS.search(text))


def asks_to_judge(text: str) -> bool:
    """Whether the customer wants to hear which one: "which is better?"."""
    return bool(_JUDGES.search(text))


def without_judgement(text: str) -> str:
    """What is left to say which products are compared; "which is cheaper" picks none of them."""
    return " ".join(_RANKS.sub(" ", text).split()) if asks_to_judge(text) else text


def comparing_words(text: str) -> str:
    """What is left of the words when those that only compare are gone."""
    return " ".join(_COMPARES.sub(" ", text).split())


def compares_by_price(text: str) -> bool:
    return bool(_BY_PRICE.search(text))


def compares_by_rating(text: str) -> bool:
    return bool(_BY_RATING.search(text))


def quality_compared(text: str) -> str | None:
    """What is asked to be compared but for goodness and price: "warmer"."""
    match = _QUALITY.search(text)
    if match is None or match[1].lower() in _NO_QUALITY or _BY_PRICE.search(match[1]):
        return None
    return match[1].lower()


def before_difference(text: str) -> str:
    """The words up to that, which say what it is to be like."""
    match = _BUT.search(text)
    return text[: match.start()].strip() if match else text


def what_differs(text: str) -> str | None:
    """What another one should have that this one has not: "in red" of "like this but in red"."""
    match = _BUT.search(text)
    return match[1].strip() if match else None
