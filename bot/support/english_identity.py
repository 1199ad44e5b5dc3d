"""English: what customers say while they are asked who they are."""

import re
from typing import Literal

from bot.support.english_people import declines_a_person

Reaction = Literal["", "leaves", "asks why", "declines", "lacks the number", "lost the mailbox"]

# What the shop's pages are asked, to quote from them.
HOW_TO_REACH_PEOPLE = ("How can I contact you?", "Can I talk to a human being on the telephone?")
WHO_ERASES_DATA = ("How do I get a copy of my personal data, or have it deleted?",)

_IGNORE = re.IGNORECASE

_NOT = r"(?:do(?:n[o'’]?t| not)|ca(?:n[o'’]?t|n ?not)|did(?:n[o'’]?t| not)|have(?:n[o'’]?t| not))"
_BARE_CODE = re.compile(
    r"[^\w#]*(?:(?:it'?s|(?:the|my) code is|code)[^\w#]*)?\d{3}[\s-]?\d{3}\W*", _IGNORE
)
_OF_A_CODE = re.compile(r"\b(?:codes?|digits?|otp|pin|passcode|re-?send)\b", _IGNORE)
_OF_A_VOUCHER = re.compile(
    r"\b(?:voucher|coupon|promo\w*|discount|gift|redeem|post(?:al)?|zip|dress|qr)\b", _IGNORE
)
_ANOTHER = re.compile(
    r"\bre-?send\b|\bsend\b.*\b(?:code|again)\b|\b(?:another|new|fresh) (?:\w+ )?code\b"
    rf"|\b(?:{_NOT}|never) (?:get|got|have|see|receive|received)\b.*\b(?:code|digits)\b"
    r"|\b(?:no code|code (?:never|(?:has|did)(?:n[o'’]?t| not)) (?:arrive|come|came|show))\b",
    _IGNORE,
)
_LEAVES = re.compile(
    r"\W*(?:no+|nope|nah|cancel|exit|quit|stop|abort|end|leave|(?:go )?back|skip|never ?mind"
    r"|forget it)(?: (?:it|this|that|here|now|please|thanks?|thank you|i (?:want|quit)))*\W*",
    _IGNORE,
)
_LEFT_BEHIND = re.compile(
    r"\W*(?:forget|never ?mind|leave|skip|drop|screw|ignore)(?: about)?"
    r"(?: (?:the|that|this|my))?(?: (?:code|order|number|e-?mail|address|it|that))?"
    r"\s*[,.;:!-]+\s*|\W*(?:forget|skip|drop|ignore)(?: about)? (?:the|that|this|my) "
    r"(?:code|order|number|e-?mail)\s+",
    _IGNORE,
)
_WHY = re.compile(
    r"\W*(?:but )?why\W*$|\bwhy\b.*\b(?:need|want|ask|asking|require|give|tell|necessary|have to"
    r"|should|must|that|this)\b|\bwhat(?:'s| is| do you need)?\b.*\bfor\W*$|\bis (?:that|this|it)"
    r" (?:really )?(?:necessary|needed|required|safe)\b",
    _IGNORE,
)
_DECLINES = re.compile(
    r"\b(?:(?:do|wo|will)(?:n[o'’]?t| not)|not|refuse|hate) (?:\w+ ){0,4}?(?:giv|shar|tell|say|typ"
    r"|provid|enter|hand|show|send|reveal|disclos)(?:e|es|ing)?\b"
    r"|\b(?:rather|prefer) not\b|\bnone of your business\b"
    r"|\bdo i (?:have|need) to\b|\bmust i\b|\b(?:that|it)(?:'s| is) private\b",
    _IGNORE,
)
_LACKS_THE_NUMBER = re.compile(
    rf"\b{_NOT} (?:really )?(?:have|got|know|remember|find|recall|get|see|kept?)\b|\bidk\b"
    r"|\b(?:have|got) (?:no|neither)\b|\bno (?:order )?(?:number|idea|clue)\b|\bnot sure\b"
    r"|\b(?:lost|deleted|forgot(?:ten)?|misplaced) (?:it|that|(?:the|my) (?:\w+ )?(?:number|mail"
    r"|e-?mail|confirmation|receipt))\b|\bwithout (?:(?:a|the|my|any) (?:order )?number|it)\b"
    r"|\bwhere (?:do|can|would|could|should)\b.*\b(?:find|see|look|get)\b"
    r"|\b(?:which|what|where)(?:'s| is)? (?:my |the |an )?(?:order )?number\b",
    _IGNORE,
)
_LOST_THE_MAILBOX = re.compile(
    rf"\b(?:{_NOT}|no longer|unable to|lost|without) (?:\w+ ){{0,2}}(?:access|open|reach|log ?in"
    r"|sign ?in|get in(?:to)?|use|check)\b|\bno access\b|\bno longer (?:have|own|exist\w*)\b"
    r"|\b(?:e-?mail|mail|address|account|inbox|mailbox)\b.*\bany ?more\b"
    r"|\b(?:old|closed|dead|hacked|deleted) (?:e-?mail|mail|account|address)\b"
    r"|\b(?:forgot|remember|know) (?:\w+ )?(?:which|what) (?:e-?mail|address|one)\b",
    _IGNORE,
)


def is_bare_code(text: str) -> bool:
    """Six digits and nothing else, as a one-time code has them; `#123456` is a number."""
    return bool(_BARE_CODE.fullmatch(text))


def speaks_of_a_code(text: str) -> bool:
    """Whether a code may be the one from the e-mail: "the code is 12"."""
    return bool(_OF_A_CODE.search(text)) and not _OF_A_VOUCHER.search(text)


def asks_for_a_code(text: str) -> bool:
    """Whether a code is to be sent, again: "resend", "I didn't get a code"."""
    return bool(_ANOTHER.search(text)) and not _OF_A_VOUCHER.search(text)


def after_leaving(text: str) -> str:
    """What is wanted instead: the question in "forget the code, what's your return policy?"."""
    match = _LEFT_BEHIND.match(text)
    rest = "" if match is None else text[match.end() :]
    return rest if len(rest.split()) > 1 else ""


def reaction(text: str, step: str) -> Reaction:
    """What is said instead of the answer; empty where it may be one."""
    if step not in ("number", "email", "code") or declines_a_person(text):
        return ""
    if _LEAVES.fullmatch(text):
        return "leaves"
    if step != "number" and _LOST_THE_MAILBOX.search(text):
        return "lost the mailbox"
    if _WHY.search(text):
        return "asks why"
    if step != "code" and _DECLINES.search(text):
        return "declines"
    if step == "number" and _LACKS_THE_NUMBER.search(text):
        return "lacks the number"
    return ""
