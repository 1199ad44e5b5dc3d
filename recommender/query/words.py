"""Words of a text, in the form in which they are compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])"  # 1,299.00
    r"|\d+(?:\.\d+)?(?![\w.])"
    r"|[^\W_]+(?:['’][^\W_]+)*"
    r"|\d+\.\d+"
)


@dataclass(frozen=True, slots=True)
class Word:
    key: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text with their places in it."""
    return [Word(key(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=16_384)
def keys(text: str) -> tuple[str, ...]:
    """The words of a text, as they are compared. Values of a catalogue come again and again."""
    return tuple(word.key for word in words(text))


def key(word: str) -> str:
    """Without case, accents and apostrophes: "Levi’s" is "levis", "Décor" is "decor"."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(
        letter for letter in decomposed if letter not in "'’" and not unicodedata.combining(letter)
    )


def contains(phrase: tuple[str, ...], text: tuple[str, ...]) -> bool:
    """Whether the words of `phrase` stand in `text`, side by side."""
    width = len(phrase)
    return any(text[at : at + width] == phrase for at in range(len(text) - width + 1))
