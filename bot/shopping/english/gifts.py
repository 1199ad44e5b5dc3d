"""English: gifts, and who gets them."""

import re

_IGNORE = re.IGNORECASE
_WHO = (
    r"(?:dad|father|mum|mom|mother|mommy|daddy|wife|husband|girlfriend|boyfriend|gf|bf|partner"
    r"|fianc[eé]e?|sister|brother|bro|son|daughter|kids?|child(?:ren)?|baby|parents|grand(?:ma|pa"
    r"|mother|father|parents)|aunt|uncle|niece|nephew|cousin|friend|mate|best friend|colleague|boss"
    r"|co-?worker|neighbou?r|teacher|someone|somebody|him|her|them|teenager|family)"
)
_FEMALE = re.compile(
    r"\b(?:mum|mom|mother|mommy|wife|girlfriend|gf|sister|daughter|grandma|grandmother|aunt|niece"
    r"|her|woman|girl)\b",
    _IGNORE,
)
_MALE = re.compile(
    r"\b(?:dad|father|daddy|husband|boyfriend|bf|brother|bro|son|grandpa|grandfather|uncle|nephew"
    r"|him|man|boy)\b",
    _IGNORE,
)
_RECIPIENT = re.compile(rf"\bfor (?:(?:my|a|an|the|our|his|her)\s+)?{_WHO}(?:'?s)?\b", _IGNORE)
_ABOUT_THE_GIFT = re.compile(
    r"\b(?:a|an|some|any|the|my|our|nice|good|small|little|perfect|great)?\s*"
    r"(?:(?:birthday|bday|christmas|xmas|wedding|anniversary|valentine'?s?|housewarming|graduation"
    r"|mother'?s day|father'?s day|secret santa|stocking)\s*)*"
    r"(?:gifts?|giifts?|presents?|prezz?ies?|pressies?|fillers?)"
    r"(?:\s*(?:ideas?|suggestions?))?\b"
    r"|\b(?:birthday|bday|christmas|xmas|wedding|anniversary)\b"
    rf"|\b(?:for|to|of)?\s*(?:(?:my|a|an|the|our|his|her)\s+)?(?:\w+\s+)?{_WHO}(?:'?s)?\b"
    r"|\bwho(?:m)?\s+(?:really\s+)?(?:loves?|likes?|enjoys?|has|is into|is|are)\b"
    r"|\b(?:he|she|they)(?:'s| is| are|'re)?\s+(?:really\s+)?(?:loves?|likes?|enjoys?|into|a|an)\b"
    r"|\b(?:any|some)?\s*ideas?\b|\bsomething (?:nice|special)\b|\b(?:surprise|inspire) me\b"
    r"|\b(?:not sure|don'?t know|no idea)\b[^,.;]*|\bwhat (?:can|should|would|could|do) (?:i|you)\b"
    r"|\b(?:get|give|buy|recommend|suggest|find|need|want|looking for|help me|choose)\b|🎁",
    _IGNORE,
)

_LIKES = re.compile(
    r"\b(?:s?he|they)(?:'s|'re| is| are)?\s+(?:\w+\s+)?"
    r"(?:loves?|likes?|enjoys?|into|fond of|fan of)\b",
    _IGNORE,
)
_EDGES = re.compile(
    r"^(?:\W*\b(?:i|i'm|me|for|a|an|to|the|with|and|of|it's|please)\b)+|(?:\b(?:i|for|to|please)\b\W*)+$",
    _IGNORE,
)


def without_the_gift(text: str) -> str:
    """What is left to search by: "hiking" of "a gift for my dad who loves hiking"."""
    rest = " ".join(_ABOUT_THE_GIFT.sub(" ", text).split())
    return _EDGES.sub("", rest).strip(" ,.;:!?")


def tells_what_they_like(text: str) -> bool:
    """Whether it is about somebody's liking: "he loves cooking"."""
    return bool(_LIKES.search(text))


def without_recipient(text: str) -> str:
    """ "Dress for my wife" without whom it is for."""
    return " ".join(_RECIPIENT.sub(" ", text).split())


def recipient(text: str) -> str | None:
    """The word for the gender of who gets it, where it is told."""
    if _FEMALE.search(text):
        return "women"
    return "men" if _MALE.search(text) else None
