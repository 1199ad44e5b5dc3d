"""The English of the messaging channels: what is said, and what a typed answer means."""

import re
from dataclasses import dataclass

CHOOSE = "Choose one:"
OPTIONS = "Options"
PRODUCTS = "Products"
SUGGESTIONS = "Suggestions"
DETAILS = "Details"
OPEN = "Open in the shop"
PICTURE = "Picture"
SOLD_OUT = "sold out"
REPLY_WITH_A_NUMBER = "Reply with a number to choose."
STOPPED = "You won't get any more messages from us here. Write START if you change your mind."
STARTED = "Welcome back! Tell me what you are looking for."

START = "start"
"""What opens the conversation, and ends an opt-out."""
HELLO = "hello"
"""What a customer says who only opens the conversation."""

_STOP = frozenset(
    ("stop", "stopall", "stop all", "unsubscribe", "opt out", "opt-out", "optout", "end", "quit")
)
_START = frozenset((START, "unstop", "subscribe", "opt in", "opt-in", "optin"))

_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_NUMBER = re.compile(
    r"(?:(?:i(?:'|’)?ll take|please|reply|option|button|answer|choice|number|no\.?|#)\s*)*"
    r"(\d{1,2})(?:st|nd|rd|th)?(?:\s*please)?"
)
_ORDINAL = re.compile(
    rf"(?:the\s+)?({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
    r"\s+(?:button|option|choice|answer|suggestion)(?:\s*please)?"
)
_EDGES = " \t\n.!?,;:()[]\"'’“”"


@dataclass(frozen=True)
class Meant:
    """What a typed number points to."""

    number: int
    """From 1 up."""
    counts_buttons: bool
    """Whether it counts the buttons alone, and not all that was numbered."""


def number_in(text: str) -> Meant | None:
    """The number that a message consists of: "2", "reply 2", "the second button"; else None."""
    said = text.strip(_EDGES).lower()
    if found := _NUMBER.fullmatch(said):
        return Meant(int(found[1]), counts_buttons="button" in said)
    if found := _ORDINAL.fullmatch(said):
        word = found[1]
        number = int(word[:-2]) if word[0].isdigit() else _ORDINALS.index(word) + 1
        return Meant(number, counts_buttons=True)
    return None


def is_stop(text: str) -> bool:
    """Whether the whole message is a word that opts out."""
    return text.strip(_EDGES).lower() in _STOP


def is_start(text: str) -> bool:
    """Whether the whole message is a word that opts in again."""
    return text.strip(_EDGES).lower() in _START


def about_number(number: int) -> str:
    """What choosing a product says, while it is among those that were shown last."""
    if number > len(_ORDINALS):
        return f"tell me more about number {number}"
    return f"tell me more about the {_ORDINALS[number - 1]} one"


def about_product(title: str) -> str:
    """What choosing a product says later, when its number means another one."""
    return f"tell me more about {title}"
