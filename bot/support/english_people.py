"""English: whether a customer wants a person, or was hurt."""

import re

_DECLINES = re.compile(
    r"\b(?:do(?:n[o'’]?t| not)|did(?:n[o'’]?t| not)|no longer|never) (?:\w+ ){0,2}"
    r"(?:want|need|wish|like|have|ask|mean|talk|speak|connect|transfer|hand)\b"
    r"(?:(?!\b(?:wait\w*|bots?|robot|machine|assistant|computer)\b)[^,.;!?]){0,40}"
    r"\b(?:person|people|human|agent|someone|somebody|anyone|anybody|representative|staff"
    r"|colleague|operator|advisor)\b"
    r"|\b(?:no|without|not) (?:a |an |any |to a )?(?:person|people|human|agent|operator)s?\b"
    r"(?!.*\b(?:answer\w*|help\w*|there|available|pick\w*|repl\w*|call\w*)\b)"
    r"|\brather (?:stay|go on|continue) with (?:you|the (?:bot|assistant))\b",
    re.IGNORECASE,
)

_HARM = re.compile(
    r"\b(?:caught fire|on fire|explod\w+|burn(?:t|ed|s)? (?:my|me|his|her|our|a)"
    r"|electric(?:al)? shock|injur\w+|hurt (?:me|my|him|her|his|us)|bleed\w*|hospital"
    r"|allergic reaction|poison\w*)\b",
    re.IGNORECASE,
)


def declines_a_person(text: str) -> bool:
    """Whether it is said that nobody shall take over: "I don't want to talk to a person"."""
    return bool(_DECLINES.search(text))


def tells_of_harm(text: str) -> bool:
    """Whether somebody was hurt, or could be: "the charger caught fire"."""
    return bool(_HARM.search(text))
