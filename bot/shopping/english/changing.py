"""English: the words that change a search, or take leave of it."""

import re

_IGNORE = re.IGNORECASE

_CHEAPER = re.compile(
    r"\b(che+a?pe?e?r|less expensive|lower pric\w*|more affordable|less pric[ey]\w*"
    r"|(too|so|very|bit|rather|quite) (expensive|pric[ey]\w*|dear)"
    r"|not (that|so|as|too) expensive|can'?t afford|low(er)? budget"
    r"|expensive for me|l[aeo]?ss expensive)\b",
    _IGNORE,
)
_PRICIER = re.compile(
    r"\b(more expensive|pricier|more premium|higher[- ]end|better quality|more upmarket)\b", _IGNORE
)
_ANY = r"\b(?:any|whatever|every|all)\s+{0}\b|\b{0}\b.{{0,12}}\b(?:doesn'?t|does not|don'?t) matter"
_NO_LIMIT = (
    r"|\b(?:remove|forget|drop|without|ignore|clear|no)\s+(?:the\s+|my\s+|a\s+)?{0}\b"
    r"|\bdon'?t (?:care|mind) about (?:the\s+)?{0}\b"
)
_FIELD_WORDS = {
    "color": r"colou?rs?",
    "brand": r"(?:brands?|makers?)",
    "size": r"sizes?",
    "material": r"materials?",
    "gender": r"genders?",
    "rating_min": r"(?:ratings?|reviews?|stars?)",
    "price": r"(?:prices?|budget)(?: limit| range)?",
}
_DROPPED = {
    field: re.compile((_ANY + _NO_LIMIT).format(words), _IGNORE)
    for field, words in _FIELD_WORDS.items()
}
_ALSO_DROPPED = {
    "color": ("not_color",),
    "brand": ("not_brand",),
    "size": ("not_size", "measurements"),
    "material": ("not_material",),
}
"""What goes with a field that does not matter any more: "any brand" means even the refused."""
_MONEY_NO_OBJECT = re.compile(r"\bmoney is no object\b", _IGNORE)

_WHOLE_SHOP = re.compile(
    r"\b(?:things?|items?|products?|anything|everything|stuff)"
    r"\s+(?:that\s+)?(?:(?:you|u|ya|you guys)\s+(?:have|got|sell|carry|offer|stock)|there is)\b"
    r"|\b(?:in|of)\s+(?:your|the|this|all the)\s+(?:whole\s+|entire\s+)?"
    r"(?:shop|store|catalog(?:ue)?|range)\b",
    _IGNORE,
)

_DISMISSES = re.compile(
    r"^\s*(?:(?:ok|okay|no|actually|well|hm+),?\s+)*"
    r"(?:(?:i(?:'ve| have)?\s+)?changed my mind,?\s*"
    r"|(?:forget|skip|drop|leave|ignore|never ?mind|enough of|no more)\s+(?:about\s+)?"
    r"(?:the|those|these|that|all)?\b[^,.;:!?]{0,40}[,.;:!?]\s*)"
    r"(?:and\s+|now\s+|but\s+)*(?=\w)",
    _IGNORE,
)

_EXCLUDES = re.compile(
    r"\b(?:not|no|without|except|but no|(?:any|every)thing (?:but|except)|other than)"
    r"\s+(?:in\s+|made of\s+)?\w+",
    _IGNORE,
)


_WHAT = r"(?P<what>[^,.;:!?]{1,40}?)(?=\s*(?:[,.;:!?]|\b(?:and|but|then|anymore|any more)\b|$))"
_LEADS = (
    r"(?:the|a|an|that|my|it (?:to be|being)|them (?:to be|being)|to be|being|made of|in|for|by"
    r"|with)"
)
_WITHDRAWN = tuple(
    re.compile(pattern, _IGNORE)
    for pattern in (
        r"\b(?:forget|drop|remove|skip|lose|ignore|scrap|never ?mind|take (?:away|off|out))"
        rf"(?:\s+about)?\s+(?:{_LEADS}\s+)*{_WHAT}",
        r"\b(?:(?:does|do|need)(?:n'?t| not)|no longer|not)\s+(?:have to|need(?:s|ed)? to"
        rf"|necessarily|be)\s+(?:(?:be|have|necessarily)\s+)*(?:{_LEADS}\s+)*{_WHAT}",
        rf"\b(?:i|we)\s+(?:don'?t|do not)\s+need\s+(?:{_LEADS}\s+)*{_WHAT}",
        rf"\bno need (?:for|to be|to have)\s+(?:{_LEADS}\s+)*{_WHAT}",
        r"(?P<what>[^,.;:!?]{1,40}?)\s+(?:is|are)(?:n'?t| not)\s+(?:really\s+)?"
        r"(?:necessary|needed|required|important|a must|that important)\b",
        r"(?P<what>[^,.;:!?]{1,40}?)\s+(?:is|are) (?:fine|ok|okay|alright) after all\b",
        r"(?P<what>[^,.;:!?]{1,40}?)\s+(?:doesn'?t|don'?t|does not|do not) matter\b",
    )
)
_ALSO = re.compile(
    r"^\s*(?:(?:and|or|maybe|ok|okay),?\s+)*(?:also|or|plus)\b|\b(?:too|as well)\s*[.!?]*\s*$",
    _IGNORE,
)


_ONLY_A_NUMBER = re.compile(
    r"\s*(?:(?:no|actually|ok|okay|sorry|i mean|rather|better|make (?:it|that)|for),?\s+)*"
    r"(\d{1,4}(?:\.\d+)?)(?:\s+(?:instead|please|then))?\s*[.!?]*\s*",
    _IGNORE,
)


def only_a_number(text: str) -> str | None:
    """The number that is all the message says, of whatever was spoken of: "actually for 2"."""
    match = _ONLY_A_NUMBER.fullmatch(text)
    return None if match is None else match[1]


def withdrawn(text: str) -> tuple[str, tuple[str, ...]]:
    """The message without what it takes back, and what that is: "forget Nike", "doesn't have to be
    leather"."""
    found = []
    for pattern in _WITHDRAWN:
        while match := pattern.search(text):
            found.append(match["what"].strip())
            text = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,.;:!?")
    return text, tuple(what for what in found if what)


def asks_for_another_value(text: str) -> bool:
    """Whether a value is wanted beside the one before: "also in green", "or black"."""
    return bool(_ALSO.search(text))


def asks_for_cheaper(text: str) -> bool:
    return bool(_CHEAPER.search(text))


def asks_for_pricier(text: str) -> bool:
    return bool(_PRICIER.search(text))


def dropped_fields(text: str) -> tuple[str, ...]:
    """The names of the `Constraints` fields that the customer no longer minds."""
    fields = [field for field, pattern in _DROPPED.items() if pattern.search(text)]
    if "price" in fields or _MONEY_NO_OBJECT.search(text):
        fields = [field for field in fields if field != "price"] + ["price_min", "price_max"]
    return tuple(each for field in fields for each in (field, *_ALSO_DROPPED.get(field, ())))


def means_the_whole_shop(text: str) -> bool:
    """Whether everything on sale is meant: "the most expensive thing you have"."""
    return bool(_WHOLE_SHOP.search(text))


def without_dismissal(text: str) -> str:
    """What is wanted now, where the message first takes leave of something: "forget the boots,
    show me a kettle"."""
    return _DISMISSES.sub("", text)


_ASKS = re.compile(
    r"\b(?:looking for|searching for|in search of|i'?m after|shopping for"
    r"|do (?:yo)?u (?:have|sell|carry|stock|offer|got)|have (?:yo)?u got|got any"
    r"|can i (?:get|buy|see)"
    r"|i(?:'d| would) (?:like|love)(?: to (?:buy|see|get|find|have|order))?"
    r"|i(?: really| just| now| also)* (?:need|want)(?: to (?:buy|see|get|find|have|order))?"
    r"|(?:can|could) you (?:show|find|help me (?:find|with|choose))(?: me)?|help me find"
    r"|show me|find me)\s+(?=\w)",
    _IGNORE,
)


_THOSE = re.compile(
    r"\b(?!the\b|this\b|that\b|any\b|which\b|some\b|more\b|other\b|good\b)[\w-]{3,}\s+ones?\b",
    _IGNORE,
)
_THEM_IN = re.compile(
    r"\b(?:do you|d'?you|got|are|is|does|come[s]?|have|can i (?:get|see)|get)\b[^.;!?]{0,20}"
    r"\b(?:it|them|these|those|that|this)\b[^.;!?]{0,20}\b(?:in|made of|for)\b",
    _IGNORE,
)


def means_those(text: str) -> bool:
    """Whether things are told from those spoken of: "wireless ones"."""
    return bool(_THOSE.search(text))


def asks_for_them_in(text: str) -> bool:
    """Whether what is shown is wanted otherwise: "do you have it in black?"."""
    return bool(_THEM_IN.search(text))


_FILLERS = re.compile(
    r"^\W*(?:(?:ok|okay|well|right|so|hm+|alright|actually|sorry|now|and)\b[\s,.!–-]*)+(?=\w)"
    r"|[\s,]+(?:then|instead|now)\s*(?=[.!?]*$)",
    _IGNORE,
)


_HESITATION = re.compile(
    r"^\W*(?:(?:no|nope|oh|hm+|ah|ok|okay)[\s,]+)*(?:wait|hold on|hang on)\b[\s,.!–-]+(?=\w)",
    _IGNORE,
)


def without_hesitation(text: str) -> str:
    """ "No wait, red" is "red"."""
    return _HESITATION.sub("", text)


def without_fillers(text: str) -> str:
    """ "Ok, knives then" without what only leads over."""
    return _FILLERS.sub("", text)


def story_and_request(text: str) -> tuple[str, str]:
    """What comes before the first request, and the rest: "Hey, nice shop. Do you sell tents?"."""
    match = _ASKS.search(text)
    return (text[: match.start()].strip(), text[match.start() :]) if match else ("", text)


def asks_to_exclude(text: str) -> bool:
    """Whether something is not wanted: "not red", "anything but black"."""
    return bool(_EXCLUDES.search(text))
