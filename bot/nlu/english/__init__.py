"""English: where one request of a message ends and another begins."""

from __future__ import annotations

import re

_JOINING = r"(?:and also|and then|and|also|but|plus|then|oh and|btw|by the way)"
_JOINT = rf"(?:\s*[,;–—-]+\s*|\s+){_JOINING}\b,?\s+"
_REQUEST = (
    r"(?:what(?:'?s| is| are| about the (?:shipping|return|delivery))"
    r"|how (?:much|long|do|can|many|about)|where(?:'?s| is| are| can)|when (?:will|do|is|can)"
    r"|who (?:are|is)|why (?:is|do|are)|do (?:you|u|i)|can (?:i|you|u|we)|could (?:you|i)"
    r"|is (?:it|there|the|shipping|delivery)|are (?:there|they|you)|does (?:it|the|that)"
    r"|i(?:'?d like| want| need|'?m looking| am looking|'?ll take| have a)|show me|tell me|add|put"
    r"|compare|find|remove|take|checkout|check out|go back)\b"
)
_SENTENCE = r"(?:[.!?…]+\s+|\n\s*)"
_GREETING = (
    r"^\s*(?:hi|hello|hey|hiya|hey there|hi there|hello there|good (?:morning|afternoon|evening)"
    r"|thanks|thank you|thx|cheers|great|perfect|ok thanks)(?:\s+\w{1,12})??\s*[,.!–—-]+\s*"
)
_START = re.compile(
    rf"{_SENTENCE}(?=\w)|{_JOINT}(?={_REQUEST})|,\s*(?={_REQUEST})|{_GREETING}(?=\w)", re.IGNORECASE
)
_CONDITION = re.compile(r"\W*(?:whichever|whatever|if|when|in case)\b", re.IGNORECASE)
"""What begins so says of what it goes on with: "whichever is cheaper, add it"."""
_OF_THIS = re.compile(
    r"\W*(?:the|that|this|those|these|both)\b[^,;.!?]{1,60},\s*(?:and\s+|please\s+)*"
    r"(?:add|put|take|remove|save|i'?ll take)\s+(?:it|that|them|those|one|both|two)\b",
    re.IGNORECASE,
)
"""So does what is named first: "the second one in size 10, add it"."""
_EDGES = re.compile(
    rf"^[\s,;.!?–—-]*(?:{_JOINING}\b,?\s+)*"
    rf"|(?:[\s,;–—-]+(?:{_JOINING}(?=$|[\s,;–—-]))?)+$",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:no|nr|vs|e\.g|i\.e|approx|max|min|st)|\d)\.\s*$", re.IGNORECASE
)


def request_starts(text: str) -> list[int]:
    """Where in the text another request may begin, its first letter excluded."""
    if _CONDITION.match(text):
        return []
    whole = of_this.end() if (of_this := _OF_THIS.match(text)) else 0
    return [
        match.end()
        for match in _START.finditer(text, whole)
        if match.end() < len(text) and not _ABBREVIATION.search(text[: match.end()])
    ]


def without_joints(text: str) -> str:
    """The piece without the words and marks that joined it to the others."""
    return _EDGES.sub("", text)
