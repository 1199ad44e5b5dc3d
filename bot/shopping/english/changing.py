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
    "price": r"(?:prices?|budget)(?: limit| range)?",
}
_DROPPED = {
    field: re.compile((_ANY + _NO_LIMIT).format(words), _IGNORE)
    for field, words in _FIELD_WORDS.items()
}
_ALSO_DROPPED = {
    "color": ("not_color",),
    "brand": ("not_brand",),
    "size": ("not_size",),
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


def asks_to_exclude(text: str) -> bool:
    """Whether something is not wanted: "not red", "anything but black"."""
    return bool(_EXCLUDES.search(text))
