"""English: what customers answer when they are asked for a photo of what goes back."""

import re

from bot.support.english import says_no, says_yes

_IGNORE = re.IGNORECASE
_PHOTO = r"(?:photos?|pictures?|pics?|images?|files?|documents?|camera)"
_SHORTLY = rf"(?:thanks?|thank you|(?:more |other )?{_PHOTO}|more|sorry|i (?:don'?t|can'?t)\b.*)"
_CANT = r"(?:without|don'?t|do not|have ?n'?t|can'?t|can ?not|no)"
_NONE = re.compile(
    rf"\s*(?:no|nope|nah|none|not now)\b[\s,.!]*(?:{_SHORTLY}[\s.!]*)?$"
    rf"|.*\b{_CANT}\b.*\b(?:one|any|{_PHOTO})\b"
    r"|\s*(?:skip|pass|(?:i'?d |i would )?rather not|i can'?t)\b",
    _IGNORE,
)
_DONE = re.compile(
    r"\s*(?:ok(?:ay)?[\s,.!]+)?(?:"
    r"(?:that'?s|that is|this is|it'?s) (?:all|it|everything|enough|the only one)"
    r"|(?:i'?m |all )?(?:done|finished|set)"
    r"|(?:let'?s |please |just )?(?:go on|continue|proceed|carry on|move on|next)"
    r"|nothing (?:else|more)|only (?:that|this)(?: one)?)\b",
    _IGNORE,
)
_SPEAKS_OF_IT = re.compile(
    rf"\b(?:add|send|attach|upload|take)\b.*\b(?:{_PHOTO}|one|it)\b", _IGNORE
)


def declines(text: str) -> bool:
    """Whether there is to be no photo, or no more: "no thanks" is said of that alone."""
    return bool(_NONE.match(text))


def goes_on(text: str) -> bool:
    """Whether the next question may come, with the photos that there are or without any."""
    return declines(text) or bool(_DONE.match(text))


def agrees(text: str) -> bool:
    """Whether there will be a photo: "yes", "how do I add one?"."""
    return not declines(text) and (says_yes(text) or bool(_SPEAKS_OF_IT.search(text)))


def answers(text: str) -> bool:
    return goes_on(text) or agrees(text) or says_no(text)
