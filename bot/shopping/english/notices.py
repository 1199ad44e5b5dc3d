"""English: what a customer wants to be told of."""

import re

_IGNORE = re.IGNORECASE
_PRICE = re.compile(
    r"\b(?:cheaper|price|drops?|goes down|on sale|on offer|discount(?:ed)?|falls?|reduced|below"
    r"|less)\b",
    _IGNORE,
)
_BACK = re.compile(
    r"\b(?:back|in stock|available|restocked|again|sold out|out of stock)\b", _IGNORE
)
_CANCELS = re.compile(
    r"\b(?:stop|cancel|forget|delete|remove|undo|turn off|no (?:more|longer)|never|don'?t|do not)"
    r"(?:\s+(?:want|need|send|get|the|those|these|that|this|my|your|all|any|more|of|me|an?|to|for"
    r"|about|sending|getting|price|stock))*"
    r"\s+(?:notices?|notif\w+|alerts?|reminders?|(?:e-?)?mail(?:s|ing)?|writ(?:e|ing))\b"
    r"|\bunsubscribe\b|\bstop watching\b",
    _IGNORE,
)
_EMAIL = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+")

_REQUEST = re.compile(
    r"\b(?:the |a )?(?:price|stock)s?(?: (?:drops?|falls?|goes down|comes down|alerts?))?\b"
    r"|\bmy (?:e-?mail|mail)(?: address)?(?: is)?\b"
    r"|\b(?:an |a )?(?:e-?mail|mail|message|alert|notice)\b",
    _IGNORE,
)


def about_price(text: str) -> bool:
    """Whether a lower price is waited for, and not that it is back."""
    return bool(_PRICE.search(text)) and not _BACK.search(text)


def cancels(text: str) -> bool:
    """Whether the customer wants to be written to no more: "stop the notices"."""
    return bool(_CANCELS.search(text))


def about_stock(text: str) -> bool:
    return bool(_BACK.search(text))


def email(text: str) -> str | None:
    """What looks like an e-mail address, right or not."""
    match = _EMAIL.search(text)
    return None if match is None else match[0].strip(".!?'\"")


def without_email(text: str) -> str:
    return " ".join(_EMAIL.sub(" ", text).split())


def without_request(text: str) -> str:
    """What is left to say which product is meant."""
    return " ".join(_REQUEST.sub(" ", without_email(text)).split())
