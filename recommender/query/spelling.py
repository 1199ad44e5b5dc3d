"""Mistyped words, put right before a request is understood: "wireles headphnes"."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from recommender.query.language import Language
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import keys

# A whole word of Latin letters, and not a part of an address, a number or a compound.
_WORD = re.compile(r"(?<![^\s(\"'])[A-Za-z]{3,}(?![^\s,.;:!?)\"'])(?![.,:']\w)")
_SHORTEST = 5
_SHORT = 6
"""Shorter words are taken only for words of facets."""
_LONG = 9
_CLEARLY_COMMONER = 4
_MOST_WORDS = 12
_VOWELS = frozenset("aeiouy")


class Spelling:
    """Replaces words that neither catalogue nor language know by the nearest that they do know.

    A word that the shop does not know is more often a name ("adidas"), or a thing that it does
    not sell, than a mistake. So the nearest word must begin alike, be one slip away (two in a long
    word), and be the only such word or clearly the commonest. Slips are letters left out, doubled
    or swapped, and one vowel for another: "planner" is not a mistyped "planter", nor "charge" a
    mistyped "charger". Words under 6 letters are taken only for a colour, a material, a kind or
    another word of a facet ("blak", "canvs"), and short ones also for a plain colour without
    one of its vowels, or with two letters swapped ("nvy", "nayv"). `well_spelled` ones are left
    alone: a heater is no heather, also where the shop has neither.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        language: Language,
        well_spelled: frozenset[str] = frozenset(),
    ) -> None:
        self._well_spelled = well_spelled
        self._singular = language.singular
        self._endings = language.endings
        counts = Counter(vocabulary.title_words)
        counts.update(word for path in vocabulary.categories for word in keys(path))
        heard = replace(language.features, spellings={})
        plain = replace(language, ordinary=frozenset(), features=heard, material_kinds={})
        spoken = set(_texts_of(plain))
        # What customers say to any shop is commoner than the words of this one's titles.
        commonest = max(counts.values(), default=0) * _CLEARLY_COMMONER + 1
        counts.update(dict.fromkeys(spoken, commonest))
        self._brands = {word for brand in vocabulary.brands for word in keys(brand)}
        self._counts = counts
        known = {*counts, *self._brands, *language.ordinary}
        known |= vocabulary.prose_words | vocabulary.other_words
        self._known = known | {self._singular(word) for word in known}
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        self._facet_words = _facet_words(vocabulary, language)
        self._hasty = _hasty_colors(language) if vocabulary.colors else {}
        for word in {*counts, *self._brands, *self._facet_words}:
            if len(word) >= _SHORTEST and word.isascii() and word.isalpha():
                self._near[word[0]].append(word)
        self._nearest = lru_cache(maxsize=4096)(self._look_up)

    def correct(self, text: str) -> str:
        """The same text with at most a dozen of its words replaced."""
        found = [
            match
            for match in _WORD.finditer(text)
            if not self._is_well_spelled(match[0].lower()) and not _is_name(match, text)
        ]
        for match in reversed(found[:_MOST_WORDS]):
            nearest = self._nearest(match[0].lower())
            if nearest is not None:
                nearest = nearest.upper() if match[0].isupper() else nearest
                text = text[: match.start()] + nearest + text[match.end() :]
        return text

    def knows(self, word: str) -> bool:
        """Whether catalogue or language have a word, in singular or plural."""
        return word in self._known or self._singular(word) in self._known

    def _is_well_spelled(self, word: str) -> bool:
        return (
            self.knows(word)
            or word in self._well_spelled
            or self._singular(word) in self._well_spelled
            or any(
                word.endswith(ending) and word.removesuffix(ending) in self._known
                for ending in self._endings
            )
        )

    def _with_one_letter_of_two(self, word: str) -> str | None:
        """ "than" of "thaan": a finger that rested too long."""
        for at in range(1, len(word)):
            single = word[:at] + word[at + 1 :]
            is_long = word[at] == word[at - 1] and len(single) >= _SHORTEST - 1
            if is_long and self.knows(single) and single not in self._brands:
                return single
        return None

    def _look_up(self, word: str) -> str | None:
        if word in self._hasty:
            return self._hasty[word]
        if (single := self._with_one_letter_of_two(word)) is not None:
            return single
        if len(word) < _SHORTEST - 1:
            return None
        limit = 2 if len(word) >= _LONG else 1
        near = process.extract(
            word, self._near[word[0]], scorer=OSA.distance, score_cutoff=limit, limit=10
        )
        likely = [
            (other, distance)
            for other, distance, _ in near
            if is_slip(word, other)
            and (len(word) >= _SHORT or other in self._facet_words or other in self._brands)
        ]
        if not likely:
            return None
        least = min(distance for _, distance in likely)
        nearest = sorted(
            (other for other, distance in likely if distance == least),
            key=lambda other: -self._counts[other],
        )
        # A mistyped brand is not ours to judge: the finder of brands knows which are sold.
        if any(other in self._brands for other in nearest):
            return None
        if len(nearest) > 1:
            first, second = (self._counts[other] for other in nearest[:2])
            if first < second * _CLEARLY_COMMONER:
                return None
        return nearest[0]


def _facet_words(vocabulary: Vocabulary, language: Language) -> frozenset[str]:
    """In singular too: a shop has the category "Kettles", and a customer wants a "ketle"."""
    values = [*vocabulary.colors, *vocabulary.materials, *vocabulary.categories]
    for attribute in vocabulary.attributes:
        values += [" ".join(attribute.words), *attribute.values]
    words = {word for value in values for word in keys(value)}
    return frozenset(words | {language.singular(word) for word in words})


def _hasty_colors(language: Language) -> dict[str, str]:
    """Plain colours as a hasty hand writes them: "nvy" and "nayv" for navy."""
    found: dict[str, str] = {}
    for color in language.colors:
        if " " in color or len(color) > _SHORTEST or color in language.doubtful_colors:
            continue
        for at in range(1, len(color)):
            short = color[:at] + color[at + 1 :]
            if color[at] in "aeiou" and len(short) >= _SHORTEST - 2:
                found.setdefault(short, color)
            swapped = color[:at] + color[at : at + 2][::-1] + color[at + 2 :]
            if swapped != color and len(color) >= _SHORTEST - 1:
                found.setdefault(swapped, color)
    return found


def is_slip(word: str, other: str) -> bool:
    """Whether one may be the other mistyped, rather than another word."""
    if len(word) == len(other):
        return sorted(word) == sorted(other) or all(
            _VOWELS.issuperset(pair) for pair in zip(word, other, strict=True) if pair[0] != pair[1]
        )
    if len(word) > len(other):
        # A letter too many makes another word ("bearded", "beaded"), unless it is a double.
        return any(
            word[at] == word[at - 1] and word[:at] + word[at + 1 :] == other
            for at in range(1, len(word))
        )
    # So does an ending that lacks.
    return set(other.removeprefix(word)) <= {word[-1]} if other.startswith(word) else True


def _is_name(match: re.Match[str], text: str) -> bool:
    """Whether a word is written like a name, in a text that is not all written so."""
    return match[0][0].isupper() and match.start() > 0 and not (text.isupper() or text.istitle())


def _texts_of(value: object) -> Iterator[str]:
    """Every word anywhere in a language's data."""
    if isinstance(value, str):
        yield from keys(value)
    elif isinstance(value, Mapping):
        for name, others in value.items():
            yield from _texts_of(name)
            yield from _texts_of(others)
    elif isinstance(value, tuple | frozenset):
        for each in value:
            yield from _texts_of(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts_of(getattr(value, field.name))
