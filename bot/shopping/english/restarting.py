"""English: the words that leave a search behind."""

import re

_RESTARTS = re.compile(
    r"^\s*(?:(?:ok|okay|no|actually|well|hm+|please|can we|could we|let'?s|i want to|i'd like to)"
    r"[\s,]+)*"
    r"(?:start(?:ing)?\s+(?:over|again|afresh|fresh|from scratch|from the beginning|new|anew)"
    r"|restart|reset|clear(?:\s+(?:everything|it|all|the search|my search|filters?))?"
    r"|new search|from scratch|begin again|forget\s+(?:about\s+)?(?:everything|(?:it|that) all"
    r"|all (?:of )?(?:it|that))"
    r"|(?:something|anything)\s+(?:completely\s+|totally\s+|entirely\s+)?(?:else|different))"
    r"(?:\s+(?:please|now|then|instead|from scratch))*[\s,.;:!?–-]*"
    r"(?:(?:with|and|but|now|by)\s+)*",
    re.IGNORECASE,
)


def without_restart(text: str) -> str:
    """What is wanted now, after "start over" or "something else"; empty if nothing is said."""
    return _RESTARTS.sub("", text)
