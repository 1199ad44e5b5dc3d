"""English: what customers answer when they are asked about an order."""

import re

from bot.support import english_requests

_IGNORE = re.IGNORECASE

_SURE = (
    r"(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please do|do it|go ahead|correct|right|confirm(?:ed)?"
    r"|that'?s (?:right|correct)|absolutely|definitely|of course|certainly|y)\b"
)
_YES = re.compile(rf"\s*{_SURE}", _IGNORE)
_VERBS = {
    "cancel_order": "cancel",
    "change_address": "send|ship|deliver|change|use|to|there|address",
    "return_order": "start|return|send|back|exchange",
}


def _unqualified(verbs: str) -> re.Pattern[str]:
    """A yes, and what may be added to it without taking any of it back."""
    more = (
        rf"{_SURE}|please|thanks?(?: you)?|thx|and|i'?m|i am|i do|that|this|it|it'?s|that'?s|is|all"
        r"|of|now|then|just|go on|so|fine|good|great|perfect|certain|for me|the|my|whole|entire"
        rf"|order|#?[a-z]{{1,4}}-?\d{{3,12}}|{verbs or 'ok'}"
    )
    return re.compile(rf"\s*{_SURE}(?:[\s,.!]+(?:{more})\b)*[\s,.!]*", _IGNORE)


_UNQUALIFIED = {act: _unqualified(verbs) for act, verbs in {"": "", **_VERBS}.items()}
_AND_ALSO = re.compile(
    r"\s*[,.;!]*\s*\b(?:and then|and also|but also|and|also|plus|then)\b[\s,]*", _IGNORE
)
_NO = re.compile(
    r"\s*(?:no|nope|nah|don'?t|do not|stop|wait|keep|leave|n)\b|.*\b(?:changed my mind|keep it)\b",
    _IGNORE,
)
_LEAVES = re.compile(
    r"\s*(?:(?:oh|ok(?:ay)?|well|actually|hm+|ah|please|just|al(?:l )?right|then|you know what|but"
    r"|ugh|nah|wait|no(?=\W+(?:wait\W+)?(?:never|nvm|forget)))\b[\s,.!]*)*"
    r"(?:never ?mind|nvm|forget (?:it|about (?:it|that)|that)|leave it|cancel that|stop|not now"
    r"|doesn'?t matter|no thanks?|no thank you|(?:quit|exit|abort)(?=\s*[.!]*$))\b",
    _IGNORE,
)
_AGAIN = re.compile(
    r"\b(?:re-?send|again|another (?:code|one)|new (?:code|one)|(?:did ?n[o']?t|have ?n[o']?t|not|"
    r"never) (?:get|got|receive[d]?|arrive[d]?|come)|no (?:code|mail|e-?mail)|nothing (?:came"
    r"|arrived)|where is (?:it|the code))\b",
    _IGNORE,
)
_BACK = re.compile(
    r"\b(?:back to|go on with|continue with|return to|talk to|speak to|rather have) "
    r"(?:the |your |a )?(?:assistant|bot|robot)\b",
    _IGNORE,
)
_CODE = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}(?!\d)")
_LATEST = re.compile(r"\b(?:latest|last|newest|most recent|recent)\b", _IGNORE)


def says_yes(text: str, act: str = "") -> bool:
    """Whether it is a yes to all that was asked: no "yes, but", "yes, if", "yes?".

    Args:
        act: what was asked about, of which the verb may be repeated: "yes, cancel it".
    """
    return bool(_UNQUALIFIED.get(act, _UNQUALIFIED[""]).fullmatch(text))


def begins_with_yes(text: str) -> bool:
    """Whether it is some yes, with whatever is added to it."""
    return bool(_YES.match(text))


def yes_and(text: str, act: str) -> tuple[str, str] | None:
    """A yes, and what is asked for besides: "yes, and also cancel A1004"; None if it is none."""
    for joint in _AND_ALSO.finditer(text):
        yes, more = text[: joint.start()], text[joint.end() :]
        if more and says_yes(yes, act):
            return yes, more
    return None


def says_no(text: str) -> bool:
    return bool(_NO.match(text)) or english_requests.is_negated(text)


def leaves(text: str) -> bool:
    """Whether the customer lets the matter rest: "never mind"."""
    return bool(_LEAVES.match(text))


def wants_another_code(text: str) -> bool:
    return bool(_AGAIN.search(text))


def wants_the_assistant(text: str) -> bool:
    """Whether a customer who has a person would go on with the assistant."""
    return bool(_BACK.search(text))


def code(text: str) -> str | None:
    """Six digits, as a one-time code has them: `123 456`."""
    match = _CODE.search(text)
    return None if match is None else re.sub(r"\D", "", match[0])


def means_the_latest(text: str) -> bool:
    return bool(_LATEST.search(text))
