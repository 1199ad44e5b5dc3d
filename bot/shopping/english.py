"""English: the words with which customers change a search, point at a product, or ask about one.

What names a product or a constraint ("red", "under $80") is the parser's, in
`recommender.query.english`; here stands only what depends on the conversation.
"""

import re
from collections.abc import Collection

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

_ASPECTS = {
    "price": r"how much|costs?|price",
    "stock": r"in stock|available|availability|how many|left|sold out",
    "size": r"sizes?",
    "color": r"colou?rs?",
    "material": r"made (?:of|from)|materials?|fabric",
    "brand": r"brand|who makes|made by|maker",
    "link": r"link|url|page|where can i see|picture|photo|image|buy|cart|basket|take|order",
}
_ASPECT = {aspect: re.compile(rf"\b(?:{words})\b", _IGNORE) for aspect, words in _ASPECTS.items()}
_ASKS_WHICH = re.compile(r"\b(what|which|other|any other)\b", _IGNORE)
_MORE_OF_IT = re.compile(
    r"\b(tell|more|details?|info(?:rmation)?|describe|specs?|specifications?|show|open|about"
    r"|like|everything)\b",
    _IGNORE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL_WORDS = _words(
    "a an the is are it its it's this that these those one ones do does did has have had can could "
    "would will i me my you your we us in on at of for with to and or if so be been was were any "
    "some good suitable real really come comes work works use used get got about tell more show "
    "what which how when where who there not no yes please just also too very much many first "
    "second third fourth fifth sixth last number product item thing them they details info "
    "describe than from by as cheapest expensive most least better best compare difference buy"
    " cart basket take add put"
)

_REFINING_WORDS = _SMALL_WORDS | _words(
    "only just same similar but make made ones one something anything instead actually prefer "
    "i'd else other others another different kind type only maybe perhaps rather like fine ok okay "
    "filter narrow down sort by first then now available see want need could can hmm well color "
    "colour size brand price budget max at most up under over below above free delivery nothing"
)
_TRAILING = ("with", "for", "without", "to", "that", "made", "from", "against")


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


def aspects(text: str) -> tuple[str, ...]:
    """What of a product is asked: among price, stock, size, color, material, brand and link."""
    return tuple(aspect for aspect, pattern in _ASPECT.items() if pattern.search(text))


def asks_which(text: str) -> bool:
    """Whether values are asked for ("what sizes"), rather than one value ("in size 9")."""
    return bool(_ASKS_WHICH.search(text))


def asks_for_everything(text: str) -> bool:
    return bool(_MORE_OF_IT.search(text))


def content_words(text: str) -> tuple[str, ...]:
    """The words that carry the question: without articles, pronouns and auxiliaries."""
    found = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())
    return tuple(word for word in found if word not in _SMALL_WORDS and len(word) > 1)


def asks_to_exclude(text: str) -> bool:
    """Whether something is not wanted: "not red", "anything but black"."""
    return bool(_EXCLUDES.search(text))


def adds_to_wish(text: str, terms: Collection[str] = ()) -> bool:
    """Whether what is left of a refining turn says more of the thing wanted: "waterproof".

    `terms` are constraints that were understood; repeating them says nothing more.
    """
    said = _REFINING_WORDS.union(*(content_words(term) for term in terms))
    return any(word not in said and word.isalpha() for word in content_words(text))


def joined(wish: str, addition: str) -> str:
    """ "running shoes" and "waterproof ones" make "waterproof running shoes"."""
    if addition.split(" ", 1)[0].lower() in _TRAILING:
        return f"{wish} {addition}"
    added = [word for word in content_words(addition) if word not in _REFINING_WORDS]
    return " ".join([*added, wish]).strip()
