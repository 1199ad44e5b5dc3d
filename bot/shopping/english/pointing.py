"""English: the words that point at products of the conversation."""

import re

_IGNORE = re.IGNORECASE

_ORDINALS = {
    "first": 0, "1st": 0, "frist": 0, "second": 1, "2nd": 1, "secnd": 1, "third": 2, "3rd": 2,
    "fourth": 3, "4th": 3, "fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6,
    "eighth": 7, "8th": 7, "ninth": 8, "9th": 8, "tenth": 9, "10th": 9, "last": -1,
}  # fmt: skip
_CARDINALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_CARDINALS)})\b"
_JOINT = r"\s*(?:,\s*and|and|&|\+|,|vs\.?|versus|or|with)\s*"
_MARK = r"(?:#|\b(?:numbers?|no\.?|nrs?\.?|items?|products?|options?)\s*#?)"
_NUMBERED = re.compile(rf"{_MARK}({_NUMBER}(?:{_JOINT}(?:{_MARK})?{_NUMBER})*)", _IGNORE)
_BARE_NUMBERS = re.compile(
    r"\s*(?:compare|between)?\s*(?:the\s+)?"
    rf"(\d{{1,2}}(?:{_JOINT}\d{{1,2}})*)(?:\s+please)?\s*[.!?]?\s*",
    _IGNORE,
)
_COMPARED_NUMBERS = re.compile(
    rf"\b(?:compare|difference between|between)\s+(\d{{1,2}}(?:{_JOINT}\d{{1,2}})+)\b", _IGNORE
)
_TAKES_NUMBER = re.compile(
    r"\W*(?:(?:ok|okay|so|well|then|yes|great)[\s,]+)*(?:i(?:'?ll| will|'?d| would)?\s+)?"
    r"(?:take|have|get|buy|want|like|go with|add)\s+(\d)(?:\s+(?:then|please))?\W*",
    _IGNORE,
)
_EACH_NUMBER = re.compile(_NUMBER, _IGNORE)
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\b(?!\s+(?:of all|time)\b)", _IGNORE)
_PLACED = re.compile(
    rf"\b(?:{'|'.join(_ORDINALS)})\s+(?:of\s+(?:all\s+)?(?:the|those|these|your)\s+)?([a-z][\w’'-]+)",
    _IGNORE,
)
_RANGE = re.compile(
    r"\b(first|last|top|bottom)\s+(two|three|four|five|six|couple|\d)\b(?!\s*%)", _IGNORE
)
_TOP = re.compile(r"\b(?:top|topmost|upper)(?: one)?\b(?! \w+ing)|\bone on top\b", _IGNORE)
_BOTTOM = re.compile(r"\b(?:bottom(?: one)?|one at the (?:end|bottom))\b", _IGNORE)
_NEXT = re.compile(r"\b(?:the\s+)?(next|previous)\s+one\b", _IGNORE)

_SUPERLATIVE_LOW = re.compile(
    r"\b(cheapest|least expensive|lowest[- ]priced?|lowest price)\b", _IGNORE
)
_SUPERLATIVE_HIGH = re.compile(r"\b(most expensive|priciest|dearest|highest[- ]priced?)\b", _IGNORE)
_COMPARATIVE_LOW = re.compile(
    r"\b(?:the|which is|which one is|whichever(?: one)? is)\s+(?:cheaper|less expensive)\b", _IGNORE
)
_COMPARATIVE_HIGH = re.compile(
    r"\b(?:the|which is|which one is|whichever(?: one)? is)\s+(?:more expensive|pricier|dearer)\b",
    _IGNORE,
)
_BEST_RATED = re.compile(
    r"\b(?:best|better|highest|higher|top)[- ](?:rated|reviewed|rating|reviews)\b"
    r"|\b(?:best|better|highest|higher) rating\b|\bmost stars\b",
    _IGNORE,
)
_OF_THOSE = re.compile(
    r"\b(?:of|among|from|out of|between) (?:all )?(?:the )?"
    r"(?:these|those|them|both|two|three|four|\w+ you showed)\b",
    _IGNORE,
)
_PRONOUN = re.compile(r"\b(?:it|its|it's|(?:this|that)(?: one)?(?! \w+ one))\b", _IGNORE)
_PLURAL = re.compile(
    r"\b(?:them|these|those|both|all of (?:it|these|those|them)|all|everything|each)\b", _IGNORE
)
_HOW_MANY = re.compile(
    r"\b(?:(both)|(?:these|those|all|the)\s+(two|three|four|five|six|[2-6]))\b", _IGNORE
)
_EARLIER = re.compile(
    r"\b(?:earlier|before|previously|from the (?:first|previous|last) (?:list|page|search|time)"
    r"|(?:first|previous) (?:list|page|results?)|a while ago|at the (?:start|beginning))\b",
    _IGNORE,
)
_ACTS = re.compile(
    r"\b(?:compare|add|put|remove|save|buy|cart|basket|wish ?list|check ?out|show|find|search"
    r"|looking|order|undo|go back|start over|instead)\b",
    _IGNORE,
)
_OTHER = re.compile(r"\bthe other(?: one)?\b(?!\s+(?:ones|colou?rs?|sizes?|\w+s)\b)", _IGNORE)
_BY_DESCRIPTION = re.compile(
    r"\bthe\b[^.,;!?]{0,40}?\bones?\b|\bone (?:with|that|in|for|from|without)\b", _IGNORE
)
_PRICED = re.compile(
    r"(?:[$£€]\s*(\d+(?:\.\d{1,2})?)|\b(\d+(?:\.\d{1,2})?)\s*(?:dollars?|bucks?|euros?|pounds?))"
    r"\s+one\b|\bone (?:for|at)\s+[$£€]?(\d+(?:\.\d{1,2})?)\b",
    _IGNORE,
)
_THING = re.compile(
    r"\b(?:the|that|this|those|these|my)\s+((?:[^\W\d_][\w'’-]*\s*){1,4}?)"
    r"(?=$|[.,;!?]|\s*\b(?:to|but|in|into|from|please|with|for|and|or|one|ones|out|off|on|is|are|does"
    r"|has|have|so|now|instead|too|it|you|i)\b)",
    _IGNORE,
)
_NO_THING = frozenset(
    {
        *_ORDINALS, *_CARDINALS, "top", "bottom", "next", "previous", "other", "ones", "cart",
        "basket", "bag", "trolley", "list", "wishlist", "wish", "same", "cheapest", "cheaper",
        "both", "lot", "rest", "order", "kind", "price", "code", "checkout", "item", "items",
        "product", "products", "thing", "things", "pair", "stuff", "size", "colour", "color",
        "quantity", "number", "amount", "count",
    }
)  # fmt: skip
_BETWEEN_THINGS = re.compile(
    r"\s*(?:,|&|\+|\b(?:and|or|but|vs\.?|versus|with|to|against)\b)\s*", _IGNORE
)

_CODE = re.compile(
    r"\b(?:product|item|article|sku|id|model)\s+#?((?=[\w-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*)\b"
    r"|\b([a-z]{2,}[a-z0-9]*-\d{2,}(?:-[a-z0-9]+)*)\b",
    _IGNORE,
)
_SHORTEST_CODE = 4


def position(text: str) -> int | None:
    """Which of a list is meant, from 0; negative counts from the end; None if no place is named."""
    places = positions(text)
    return places[0] if places else None


def positions(text: str) -> tuple[int, ...]:
    """All the places named, in their order: "the first and the third", "the last two", "#2"."""
    if match := _RANGE.search(text):
        word = match[2].lower()
        count = 2 if word == "couple" else _CARDINALS.get(word) or int(word)
        from_the_start = match[1].lower() in ("first", "top")
        return tuple(range(count) if from_the_start else range(-count, 0))
    for pattern in (_NUMBERED, _COMPARED_NUMBERS):
        if match := pattern.search(text):
            return _places(match[1])
    if match := _BARE_NUMBERS.fullmatch(text):
        return _places(match[1])
    places = [_ORDINALS[match[1].lower()] for match in _ORDINAL.finditer(text)]
    if not places and _TOP.search(text):
        places = [0]
    if not places and _BOTTOM.search(text):
        places = [-1]
    return tuple(dict.fromkeys(places))


def _places(numbers: str) -> tuple[int, ...]:
    words = [match[0].lower() for match in _EACH_NUMBER.finditer(numbers)]
    counted = [_CARDINALS.get(word) or int(word) for word in words]
    return tuple(dict.fromkeys(number - 1 for number in counted if number > 0))


def number_taken(text: str) -> int | None:
    """The number that is taken and all that is said of it: "ok, I'll take 3"."""
    match = _TAKES_NUMBER.fullmatch(text)
    return None if match is None else int(match[1])


def thing_placed(text: str) -> str | None:
    """The thing whose place is named: "tents" of "the first of the tents"."""
    match = _PLACED.search(text)
    return None if match is None or match[1].lower() in _NO_THING | {"one", "of"} else match[1]


def step(text: str) -> int | None:
    """1 for "the next one", -1 for "the previous one"."""
    match = _NEXT.search(text)
    return None if match is None else 1 if match[1].lower() == "next" else -1


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


def wants_cheaper_one(text: str) -> bool:
    """Whether the cheaper of some is meant: "the cheaper one"; "cheaper" alone is no product."""
    return bool(_COMPARATIVE_LOW.search(text))


def wants_pricier_one(text: str) -> bool:
    return bool(_COMPARATIVE_HIGH.search(text))


def wants_best_rated(text: str) -> bool:
    return bool(_BEST_RATED.search(text))


def among_those_shown(text: str) -> bool:
    """Whether a choice is among what is on the screen: "the cheapest of these"."""
    return bool(_OF_THOSE.search(text))


def has_pronoun(text: str) -> bool:
    """Whether "it", "this" or "that" points at a product."""
    return bool(_PRONOUN.search(text))


def has_plural_pronoun(text: str) -> bool:
    return bool(_PLURAL.search(text))


def how_many(text: str) -> int | None:
    """How many are spoken of together: 2 of "both" and "those two"."""
    match = _HOW_MANY.search(text)
    if match is None:
        return None
    word = (match[2] or "two").lower()
    return _CARDINALS.get(word) or int(word)


def names_an_act(text: str) -> bool:
    """Whether something is to be done, and a product not only named."""
    return bool(_ACTS.search(text))


def means_earlier(text: str) -> bool:
    """Whether something from before what is on the screen is meant."""
    return bool(_EARLIER.search(text))


def means_the_other(text: str) -> bool:
    return bool(_OTHER.search(text))


def points_by_description(text: str) -> bool:
    """Whether a product is told from others by what is said of it: "the one with a hood"."""
    return bool(_BY_DESCRIPTION.search(text))


def price_named(text: str) -> str | None:
    """The amount by which a product is told from others: "the $50 one"."""
    match = _PRICED.search(text)
    return None if match is None else next(group for group in match.groups() if group)


def thing_named(text: str) -> str | None:
    """The thing called by its name: "kettle" of "add the kettle to my cart"."""
    for match in _THING.finditer(text):
        words = [word for word in match[1].split() if word.lower() not in _NO_THING]
        if words:
            return " ".join(words)
    return None


def parts(text: str) -> tuple[str, ...]:
    """What stands on either side of "and", "or", "vs": maybe one product each."""
    return tuple(part for part in _BETWEEN_THINGS.split(text) if part.strip())
