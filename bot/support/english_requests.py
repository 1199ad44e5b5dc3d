"""English: what is asked of an order that is named, and where one such request ends."""

import re

_IGNORE = re.IGNORECASE

_CUT = re.compile(
    r"\s*(?:[,;:.!?\n]+(?=\s|$)|(?<=\s)[&+](?=\s)"
    r"|\b(?:and|then|but|plus|also|as well as)\b)\s*",
    _IGNORE,
)
_DONE = r"(?:cancell?ed|delivered|shipped|sent|returned|refunded|delayed)"
_BECAME = re.compile(
    r"(?:^|[,.;!?] |\b(?:and|but|so|why|when|who|know if|tell me if) )\s*"
    r"(?:is|was|has|have|did|got)\b(?: (?:my|the|it|that|this))?(?: order)?(?: #?[a-z]{0,4}-?\d+)?"
    rf"(?: (?:already|really|been|actually|not))* {_DONE}\b",
    _IGNORE,
)
_WHERE_TO = re.compile(
    r"\bwhere\b.*\b(?:going|go|goes|headed|(?:sent|shipped|delivered|delivering) to)\b"
    r"|\b(?:what|which)(?:'?s| is| was)?\b[^,.;]{0,30}\baddress\b|\bto (?:what|which) address\b",
    _IGNORE,
)
_CHANGES = re.compile(
    r"\b(?:chang|updat|correct|edit|redirect|re-?rout)\w*\b|\b(?:new|another|different)\b",
    _IGNORE,
)
_ADDRESS = re.compile(r"\baddress\b|\b(?:send|ship|deliver)\b.*\bto\b", _IGNORE)

_ACTS = (
    ("cancel_order", re.compile(r"\b(?:cancel\w*|call off|annul)\b", _IGNORE)),
    (
        "return_order",
        re.compile(r"\b(?:return\w*|send(?:ing)? (?:\w+ )?back|exchang\w+)\b", _IGNORE),
    ),
    ("reorder", re.compile(r"\b(?:re-?order|again)\b", _IGNORE)),
    ("invoice", re.compile(r"\b(?:invoice|receipt|bill)\b", _IGNORE)),
    ("refund_status", re.compile(r"\brefund\w*\b", _IGNORE)),
    ("order_status", re.compile(r"\b(?:track\w*|status|where(?:'?s)?)\b", _IGNORE)),
)

_TAKES = re.compile(
    r"\b(?:fees?|charges?|costs?|penalty|how (?:much|long)|(?:is|are) (?:it|that|they) free)\b",
    _IGNORE,
)
_TAKES_OF = re.compile(
    r"\b(?:ship\w*|deliver\w*|express|postage|warrant\w*|guarantee|return\w*|gift\w*|cancel\w*"
    r"|member\w*|refunds?)\b",
    _IGNORE,
)

_EVERY = re.compile(
    r"\b(?:all|every|each|any|list|show|see|which|what)\b[^,.;!?]{0,16}\borders\b"
    r"|\bevery order\b|\border(?:s)? history\b|\bmy (?:past|previous|recent|last|old) orders\b"
    r"|\beverything\b|^\W*(?:my|all) orders\W*$|\b(?:cancel|return) (?:them )?all\W*$",
    _IGNORE,
)

_BETWEEN = (
    r"(?:want|need|wish|like|ask|asked|mean|meant|plan|going|have|intend|you|me|to|please|just|yet"
    r"|actually|really|ever)"
)
_NEGATED = re.compile(
    r"(?<!why )(?<!you )(?<!if )\b(?:don'?t|do not|didn'?t|did not|never|no longer|not)\b"
    rf"(?:,? {_BETWEEN})*,?"
    r"(?: (?:cancel(?:l?ing)?|call(?:ing)? (?:it )?off|return(?:ing)?|send(?:ing)? (?:\w+ )?back"
    r"|exchang(?:e|ing)|re-?order(?:ing)?|order(?:ing)? (?:\w+ )?again|chang(?:e|ing))\b"
    r"| (?:it|(?:my|the) order|[a-z]{0,4}\d+) (?:to be )?(?:cancell?ed|returned|sent back)\b)"
    r"|^\s*not (?:order )?#?[a-z]{0,4}-?\d",
    _IGNORE,
)


def pieces(text: str) -> list[str]:
    """The message cut where another request may begin; commas and "and" count."""
    return [piece for piece in (each.strip() for each in _CUT.split(text)) if piece]


def asks_what_became(text: str) -> bool:
    """Whether it is asked what was done with an order: "why was it cancelled?"."""
    return bool(_BECAME.search(text))


def asks_where_to(text: str) -> bool:
    """Whether the address that an order goes to is asked for: "where is A1012 going?"."""
    return bool(_WHERE_TO.search(text)) and not _CHANGES.search(text)


def means_every(text: str) -> bool:
    """Whether all orders are meant: "show all my orders", "cancel everything"."""
    return bool(_EVERY.search(text))


def asks_what_it_takes(text: str) -> bool:
    """Whether cost or time is asked of something said before: "and what's the fee?"."""
    return bool(_TAKES.search(text)) and not _TAKES_OF.search(text)


def act_named(text: str) -> str | None:
    """What is to be done with an order, where a plain word for it stands beside its number:
    "cancel A1003", "A1002 return please". What shall not be done is not named."""
    if asks_what_became(text) or asks_where_to(text):
        return "order_status"
    text = _NEGATED.sub(" ", text)
    named = next((act for act, words in _ACTS if words.search(text)), None)
    if named is None and _CHANGES.search(text) and _ADDRESS.search(text):
        return "change_address"
    return named


def is_negated(text: str) -> bool:
    """Whether something shall not be done: "don't cancel it"."""
    return bool(_NEGATED.search(text))


def refuses(text: str, act: str) -> bool:
    """Whether this act shall not be done, though its word is there."""
    return is_negated(text) and act_named(text) != act
