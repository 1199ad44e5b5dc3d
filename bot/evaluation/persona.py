"""Kinds of customers, by how they talk."""

from enum import StrEnum
from random import Random

from bot.evaluation.english import Manner

_SHORTEST_MISSPELT = 4
_MISSPELT = 0.3
"""Of the words long enough."""
_MOST_TYPOS = 2


class Persona(StrEnum):
    TERSE = "terse"
    CHATTY = "chatty"
    CHANGING = "changing their mind"
    SPELLER = "bad speller"

    @property
    def manner(self) -> Manner:
        manners: dict[Persona, Manner] = {Persona.TERSE: "terse", Persona.CHATTY: "chatty"}
        return manners.get(self, "plain")

    def typed(self, sentence: str, random: Random) -> str:
        """The sentence as this customer types it."""
        return misspelt(sentence, random) if self is Persona.SPELLER else sentence


def misspelt(sentence: str, random: Random) -> str:
    """With up to two words that have a letter swapped, left out or doubled; numbers are right."""
    words = sentence.split(" ")
    typos = 0
    for place, word in enumerate(words):
        is_long = len(word) >= _SHORTEST_MISSPELT and word.isalpha()
        if is_long and typos < _MOST_TYPOS and random.random() < _MISSPELT:
            words[place] = _slip(word, random)
            typos += 1
    return " ".join(words)


def _slip(word: str, random: Random) -> str:
    at = random.randrange(1, len(word) - 1)
    kind = random.choice(("swap", "drop", "double"))
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + (word[at] * 2 if kind == "double" else "") + word[at + 1 :]
