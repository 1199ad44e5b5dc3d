"""English: what a customer changes of several things wanted together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.shopping.english import bundles
from bot.shopping.english.keeping import puts_in_cart
from bot.shopping.english.words import content_words, word_set

_IGNORE = re.IGNORECASE
_AMOUNT = r"[$€£]?\s*(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d{1,2})?)(?![\w%-])"
_MAKE_IT = re.compile(
    r"\b(?:make (?:it|that|them)|(?:let'?s )?say|(?:what|how) (?:about|if)|only|rather|actually"
    r"|can spend|(?:go|raise|lower|drop|cut|stretch|push)\b[^\d]{0,30}?\bto)"
    rf"\s+(?:to\s+)?{_AMOUNT}",
    _IGNORE,
)
_OF_A_BUDGET = word_set(
    "make budget say let lets let's if spend raise lower drop cut stretch push total together "
    "instead actually only now max maximum go going then rather just even still all sorry meant "
    "mean my wait limit no ok okay again try up to under below within about around dollars bucks "
    "euros pounds only i have can could set whole everything both"
)
_CHEAPER = re.compile(r"\b(?:cheaper|less expensive|more affordable)\b", _IGNORE)
_TOO_DEAR = re.compile(r"\btoo (?:expensive|dear|pricey)\b", _IGNORE)
_ANOTHER = re.compile(
    r"\b(?:another|different|other|better|nicer|pricier|swap|replace|change|exchange)\b", _IGNORE
)
_DROP = re.compile(
    r"\b(?:without|leave out|leave (?=.*\bout\b)|drop|skip|forget|don'?t need|do not need"
    r"|no need for|remove|minus)\b|^\s*no\b",
    _IGNORE,
)
_PLUS = re.compile(
    r"^\s*(?:and|plus|also|add)\s+(?:also\s+|maybe\s+)?((?:an?|some)\s+[^?!.,]+?)"
    r"(?:\s+(?:too|as well|to (?:it|that|the set)))?\s*[?!.]*\s*$",
    _IGNORE,
)
_OF_THE_WHOLE = word_set(
    "cheaper less expensive anything something set bundle total whole together all everything even "
    "bit little too make go still show find get give need want combination both ones that's thats"
)

Kind = Literal["budget", "cheaper", "another", "drop", "plus"]


@dataclass(frozen=True, slots=True)
class SetChange:
    kind: Kind
    place: int | None = None
    """Which of the things, from 0; None is all of them."""
    words: str = ""
    """The amount of a `budget`; the thing of `plus`."""


def change(text: str, things: Sequence[str]) -> SetChange | None:
    """What the message changes of these things; None if it is about something else."""
    named = _named(text, things)
    if named is not None:
        place, lead = named
        if _TOO_DEAR.search(text):
            return SetChange("cheaper", place)
        # "Another desk", but not "does the desk come in other colours?".
        return next((SetChange(kind, place) for kind, said in _OF_ONE if said.search(lead)), None)
    is_cheaper = _CHEAPER.search(text) or _TOO_DEAR.search(text)
    if is_cheaper and _OF_THE_WHOLE.issuperset(content_words(text)):
        return SetChange("cheaper")
    amount = bundles.budget(text)
    if amount is None and (match := _MAKE_IT.search(text)):
        amount = match["n"].replace(",", "")
    if amount is not None:
        words = [word for word in content_words(text) if not any(map(str.isdigit, word))]
        return SetChange("budget", words=amount) if _OF_A_BUDGET.issuperset(words) else None
    if (match := _PLUS.search(text)) and not puts_in_cart(text):
        return SetChange("plus", words=match[1])
    return None


_OF_ONE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("cheaper", _CHEAPER),
    ("drop", _DROP),
    ("another", _ANOTHER),
)


def _named(text: str, things: Sequence[str]) -> tuple[int, str] | None:
    """The place of the one thing that the words name, by any word of it that no other thing has,
    and what is said before it."""
    said = {_singular(word) for word in content_words(text)}
    shared = [said & {_singular(word) for word in content_words(thing)} for thing in things]
    named = [place for place, words in enumerate(shared) if words]
    if len(named) != 1:
        return None
    (place,) = named
    starts = [match.start() for word in shared[place] for match in _at(word, text)]
    return place, text[: min(starts, default=len(text))]


def _at(word: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"\b{re.escape(word)}", text, _IGNORE)


def _singular(word: str) -> str:
    return word.removesuffix("s")
