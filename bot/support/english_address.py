"""English: what stands around an address, and in it."""

import re

_IGNORE = re.IGNORECASE

_OPENER = re.compile(
    r"\s*(?:(?:no|nope|yes|yeah|ok(?:ay)?|well|so|oh|hm+|but|and|wait|hold on|actually|rather"
    r"|instead|sorry|please|pls|i mean|i meant|make (?:it|that)|my (?:mistake|bad)"
    r"|(?:the |that |it )?should be|it'?s|it is|its|to)\b"
    r"(?!\s+(?:st|street|road|rd|ave|avenue|lane|ln|drive|dr|way|court)\b)[\s,.:;!–—-]*"
    r"|(?:send|ship|deliver|change) (?:(?:it|this|that|them|the order|my order)\b)?\s*"
    r"(?:to|at|:)?[\s:]+"
    r"|(?:the|my)?\s*(?:new |correct |right )?address (?:is|should be|to)\s*:?\s*)+",
    _IGNORE,
)
_RELATION = (
    r"(?:my|our) (?:wife|husband|partner|spouse|mother|mom|mum|father|dad|son|daughter|brother"
    r"|sister|friend|boss|neighbou?r|colleague|girlfriend|boyfriend|parents|aunt|uncle|cousin),? "
)
_TWO_WORDS = r"([a-z][\w'’-]+ [a-z][\w'’-]+)"
_NAME = r"((?-i:[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*)*(?: [A-Z][\w'’-]+)))"
_RECIPIENT = re.compile(
    rf"\b(?:to|for|c/o|addressed to|name(?: is| should be)?|recipient(?: is| should be)?)[: ]+"
    rf"(?:{_RELATION})?{_NAME}(?=\s*(?:$|[.,;!?]|\b(?:instead|please|at)\b))",
    _IGNORE,
)
# Who is told by a relation may be written in small letters.
_RELATIVE = re.compile(rf"\b(?:to|for) {_RELATION}{_TWO_WORDS}\s*[.!]*\s*$", _IGNORE)
_STREET = re.compile(
    r"^\d+\w?\s+\S*[a-z]|[a-z]\S*\s+\d+\w?$|^(?:p\.? ?o\.? ?box|apt\b)",
    _IGNORE,
)
COUNTRIES = {
    "usa": "US", "us": "US", "united states": "US", "canada": "CA", "uk": "GB",
    "united kingdom": "GB", "england": "GB", "germany": "DE", "france": "FR", "ireland": "IE",
    "australia": "AU", "mexico": "MX", "spain": "ES", "italy": "IT", "netherlands": "NL",
}  # fmt: skip
"""What is often added to an address; any other is not taken for a country."""


def without_opener(text: str) -> str:
    """The words without what leads to the address: "no, actually", "please send it to"."""
    return _OPENER.sub("", text, count=1) if _OPENER.match(text) else text


def recipient(text: str) -> str | None:
    """Who it is for, where that is said: "to my wife Anna Lindqvist"."""
    if match := _RECIPIENT.search(text):
        return match[1]
    match = _RELATIVE.search(text)
    return None if match is None else match[1].title()


def is_street(text: str) -> bool:
    """Whether it looks like a street with a number."""
    return bool(_STREET.search(text))
