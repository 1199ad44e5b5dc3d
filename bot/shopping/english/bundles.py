"""English: the words that ask for several things within one budget."""

import re

from bot.shopping.english.words import content_words

_IGNORE = re.IGNORECASE

_AMOUNT = r"\d{1,3}(?:[,.]\d{3})+(?:\.\d{1,2})?(?!\d)|\d+(?:\.\d{1,2})?"
_MONEY = r"(?:dollars?|bucks?|usd|euros?|eur|pounds?|gbp|\$|€|£)"
_LIMIT = (
    r"(?:for(?:\s+(?:under|less than|about|around|at most))?|under|below|less than|at most|"
    r"no more than|not more than|max(?:imum)?|up to|within|around|about|over|cost(?:s|ing)?|<=?)"
)
_TOGETHER = (
    r"(?:all\s*together|altogether|togeth?er|togehter|in total|total|all in|combined|"
    r"for (?:both|everything|all(?: of (?:it|them))?)|in all|in sum)"
)
_BUDGETS = tuple(
    re.compile(pattern, _IGNORE)
    for pattern in (
        rf"[$€£]\s*(?P<n>{_AMOUNT})",
        rf"\b(?P<n>{_AMOUNT})\s*{_MONEY}(?!\w)",
        rf"\b(?P<n>{_AMOUNT})\s+(?:{_TOGETHER})\b",
        rf"\b(?:budget|spend)\b[^\d]{{0,60}}?(?<![\w.])(?P<n>{_AMOUNT})(?![\w-])",
        rf"\b(?:i have|i've got|i got|have|got)\s+(?P<n>{_AMOUNT})(?=\s+(?:to spend|for)\b|\s*$)",
        rf"(?:\b|(?=<)){_LIMIT}\s*(?P<n>{_AMOUNT})(?![\w-])"
        r"(?!\s+\w*(?:person|people|man|piece|inch))",
    )
)
_OF_BUDGET = re.compile(
    rf"(?:\b{_LIMIT}\s*|<=?\s*)?(?:[$€£]\s*)?\b(?:{_AMOUNT})\s*(?:{_MONEY}(?!\w))?"
    rf"(?:\s*\b{_TOGETHER}\b)?",
    _IGNORE,
)
_SMALL = re.compile(
    rf"\b{_TOGETHER}\b"
    r"|\b(?:my|total|our|a|the)?\s*budget(?:\s+(?:for|of|is))*\b"
    r"|\b(?:that|which)\s+(?:together\s+)?(?:cost|fit|come)s?(?:\s+(?:in|to|into))?\b"
    r"|\b(?:i|we)\s+(?:need|want|have|am looking for|'d like|would like)"
    r"(?:\s+to (?:spend|buy|get))?"
    r"|\bi'?(?:ve got|d like|m looking for)\b|\bto spend(?:\s+on)?\b"
    r"|\b(?:what\s+)?(?:can|could)\s+(?:i|we|you)\s+(?:get|buy|have|find|show)(?:\s+me)?\b"
    r"|\b(?:find|show|get|give|recommend)(?:\s+me)?\b|\bput together\b|\bplease\b"
    r"|\bboth\b(?=\s+an?\b)"
    r"|\b(?:set|kit|bundle|outfit) of\b|\b(?:is|are|with)\s*(?=,|$)|^\s*(?:is|for)\b",
    _IGNORE,
)
_BETWEEN = re.compile(
    r"\s*(?:[,;&+/]|\b(?:and|plus|n|as well as|along with|together with)\b)\s*", _IGNORE
)
_THOSE = frozenset({"both", "them", "these", "those", "everything", "all", "it", "two", "three"})
_ARTICLE = re.compile(r"^(?:an?|the|some|one|for|on|also|maybe)\s+", _IGNORE)
_COUNTED = re.compile(r"^(two|three|four|five|six|[2-9]|1\d)\s+(?=[^\W\d_])(?!person|people|man)")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def budget(text: str) -> str | None:
    """The amount that all may cost together, as a plain number."""
    for pattern in _BUDGETS:
        if match := pattern.search(text):
            number: str = match["n"]
            return re.sub(r"[,.](?=\d{3}(?!\d))", "", number)
    return None


def things(text: str) -> tuple[str, ...]:
    """What is wanted, each by itself: "desk" and "chair"."""
    amount = budget(text)
    plain = text
    for match in reversed(list(_OF_BUDGET.finditer(text))):
        found = re.search(_AMOUNT, match[0])
        if found and amount == re.sub(r"[,.](?=\d{3}(?!\d))", "", found[0]):
            plain = plain[: match.start()] + " , " + plain[match.end() :]
    plain = _SMALL.sub(" ", plain)
    before, colon, after = plain.rpartition(":")
    if colon and len(_split(after)) > 1:
        plain = after
    elif colon:
        plain = f"{before} {after}"
    return _split(plain)


def counted(thing: str) -> tuple[int, str]:
    """How many of a thing, and the thing: 4 of "four chairs"."""
    match = _COUNTED.match(thing)
    if match is None or not thing.rstrip().endswith("s"):
        return 1, thing
    word = match[1]
    return _NUMBERS.get(word) or int(word), thing[match.end() :]


def _split(text: str) -> tuple[str, ...]:
    parts = []
    for part in _BETWEEN.split(text):
        plain = " ".join(part.strip(" .!?:-").split())
        while (shorter := _ARTICLE.sub("", plain)) != plain:
            plain = shorter
        if content_words(plain) and plain.lower() not in _THOSE:
            parts.append(plain)
    return tuple(parts)
