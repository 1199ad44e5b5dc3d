"""English: the words about what is kept: the cart and the wish list."""

import re

_IGNORE = re.IGNORECASE

_CART = r"(?:(?:shopping\s+)?(?:cart|basket|bag|trolley))"
_LIST = r"(?:wish\s?-?lists?|favou?rites?|saved (?:items|products|things|list|ones)|saved)"

_CART_NAMED = re.compile(rf"\b{_CART}\b", _IGNORE)
_LIST_NAMED = re.compile(rf"\b{_LIST}\b", _IGNORE)
_TO_LIST = re.compile(
    rf"\b(?:to|on|onto|in|into)\s+(?:my\s+|the\s+)?{_LIST}\b"
    r"|\bfor later\b|\b(?:wish\s?list|favou?rite)\s+(?:it|this|that|them|the)\b|\bsave\b",
    _IGNORE,
)
_TO_CART = re.compile(rf"\b(?:to|in|into|onto)\s+(?:my\s+|the\s+)?{_CART}\b", _IGNORE)
_FROM_LIST = re.compile(
    rf"\b(?:from|off|out of)\s+(?:my\s+|the\s+)?{_LIST}\b|\b(?:unsave|un-save)\b", _IGNORE
)
_SEES = re.compile(
    r"\b(?:show|see|view|open|look at|what(?:'s| is| are|s| do)|check|list|display|where)\b",
    _IGNORE,
)
_MOVES = re.compile(r"\b(?:move|moved|instead|for later)\b", _IGNORE)
_EVERYTHING = re.compile(
    rf"\b(?:empty|clear|reset|dump)\b.*\b{_CART}\b"
    r"|\b(?:everything|all of (?:it|them)|(?:it|them) all|all (?:the )?(?:items|products|things))\b"
    rf"|\b(?:empty|clear)\s+(?:it|that)\b|\ball\s+(?:from|out of)\b|\bwhole {_CART}\b",
    _IGNORE,
)


def empties(text: str) -> bool:
    """Whether all of it goes: "empty the cart", "remove everything"."""
    return bool(_EVERYTHING.search(text))


def moves(text: str) -> bool:
    """Whether something goes from one list to the other, and does not stay on the first."""
    return bool(_MOVES.search(text))


def puts_on_wish_list(text: str) -> bool:
    return bool(_TO_LIST.search(text)) and not _TO_CART.search(text)


def takes_off_wish_list(text: str) -> bool:
    return bool(_FROM_LIST.search(text)) and not _TO_CART.search(text)


def puts_in_cart(text: str) -> bool:
    return bool(_TO_CART.search(text))


def sees_wish_list(text: str) -> bool:
    """Whether the wish list is to be shown: "what's on my wish list?"."""
    return bool(_SEES.search(text) and _LIST_NAMED.search(text)) and not _CART_NAMED.search(text)
