"""Brands in a request, in the catalogue's own spelling."""

from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from recommender.query.draft import Draft
from recommender.query.language import Language, Phrase
from recommender.query.spelling import is_slip
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import key, keys

_LONGEST = 6
_SHORTEST_WITH_TYPO = 6
_SHORTEST_WITH_SLIP = 4
_LONG = 10
_MOST_TYPOS = 10


class BrandFinder:
    """Finds brands, the longest name first, and takes them out of the draft.

    Many brands are ordinary words: Next, Ring, Always. Such a word is a brand only where the
    customer says so ("by Next", "the Next brand"). What is ordinary comes from the language, and
    from the shop's own descriptions: a word that they write in lower case is a word.
    A brand stands for its lines too: "adidas" for "adidas Originals".
    A name that is mistyped counts where the word is nothing else that shop or language know.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        language: Language,
        well_spelled: frozenset[str] = frozenset(),
    ) -> None:
        self._language = language
        self._well_spelled = well_spelled
        self._names: defaultdict[Phrase, list[str]] = defaultdict(list)
        for brand in vocabulary.brands:
            for phrase in _spellings(brand, language):
                self._names[phrase].append(brand)
        self._lines: defaultdict[Phrase, list[str]] = defaultdict(list)
        for brand in vocabulary.brands:
            words = keys(brand)
            for end in range(1, len(words) + 1):
                if words[:end] in self._names:
                    self._lines[words[:end]].append(brand)
        for phrase, brands in self._names.items():
            self._lines[phrase] = list(dict.fromkeys([*brands, *self._lines[phrase]]))
        self._prose = vocabulary.prose_words
        self._known = set(vocabulary.prose_words)
        for found in vocabulary.category_words.values():
            self._known |= found
        self._typable = [
            phrase[0]
            for phrase in self._names
            if len(phrase) == 1 and len(phrase[0]) >= _SHORTEST_WITH_SLIP and phrase[0].isalpha()
        ]

    def find(self, draft: Draft) -> tuple[str, ...]:
        found: list[str] = []
        for start, end in draft.phrases(_LONGEST):
            brands = self._names.get(draft.keys[start:end])
            if not brands or not draft.free(start, end) or draft.negated(start):
                continue
            lead = draft.lead(start, self._language.brand_lead)
            follow = end < len(draft) and draft.keys[end] in self._language.brand_words
            if self._is_ordinary(draft.keys[start:end], brands) and lead is None and not follow:
                continue
            draft.take(start if lead is None else lead, end + follow)
            found += self._lines[draft.keys[start:end]]
        if not found:
            found = self._mistyped(draft)
        return tuple(dict.fromkeys(found))

    def excluded_at(self, draft: Draft, start: int) -> tuple[int, tuple[str, ...]]:
        """The end and the brands of the longest name that starts at this word.

        A name that is an ordinary word is one only where the customer says so, or writes it like
        a name: "not Ring", but "no ring".
        """
        for end in range(min(start + _LONGEST, len(draft)), start, -1):
            phrase = draft.keys[start:end]
            brands = self._names.get(phrase)
            if not brands or not draft.free(start, end):
                continue
            follow = end < len(draft) and draft.keys[end] in self._language.brand_words
            written = draft.text[draft.words[start].start : draft.words[end - 1].end]
            named = written in brands and not written.islower()
            if follow or named or not self._is_ordinary(phrase, brands):
                return end + follow, tuple(self._lines[phrase])
        if draft.free(start, start + 1) and self._may_be_mistyped(draft, start):
            return start + 1, tuple(self._nearest(draft.keys[start]))
        return start, ()

    def _is_ordinary(self, phrase: Phrase, brands: list[str]) -> bool:
        language = self._language
        if all(
            word in language.ordinary
            or word in language.colors
            or word in language.links
            or word in language.qualities
            or (len(word) < 2 and len(phrase) == 1)
            or word.isdecimal()
            for word in phrase
        ):
            return True
        if len(phrase) > 1 or any(brand.islower() for brand in brands):
            return False
        return phrase[0] in self._prose

    def _mistyped(self, draft: Draft) -> list[str]:
        candidates = [
            at
            for at in range(len(draft))
            if not draft.taken[at] and self._may_be_mistyped(draft, at) and not draft.negated(at)
        ]
        for at in candidates[:_MOST_TYPOS]:
            nearest = self._nearest(draft.keys[at])
            if nearest:
                lead = draft.lead(at, self._language.brand_lead)
                draft.take(at if lead is None else lead, at + 1)
                return nearest
        return []

    def _may_be_mistyped(self, draft: Draft, at: int) -> bool:
        """Whether a word is nothing that the shop or the language know."""
        language, word = self._language, draft.keys[at]
        return (
            len(word) >= _SHORTEST_WITH_SLIP
            and word.isalpha()
            and word not in self._known
            and language.singular(word) not in self._known
            and word not in language.ordinary
            and word not in language.qualities
            and word not in language.links
            and word not in language.colors
            and word not in self._well_spelled
        )

    def _nearest(self, word: str) -> list[str]:
        """The brands of the one name that a word may be mistyped from.

        A short word must be clearly a slip: a letter doubled or left out, or two swapped.
        """
        short = len(word) < _SHORTEST_WITH_TYPO
        limit = 1 if len(word) < _LONG else 2
        near = [
            name
            for name in self._typable
            if name[0] == word[0] and (not short or is_slip(word, name))
        ]
        best = process.extract(word, near, scorer=OSA.distance, score_cutoff=limit, limit=2)
        if best and (len(best) == 1 or best[0][1] < best[1][1]):
            return self._lines[(key(best[0][0]),)]
        return []


def _spellings(brand: str, language: Language) -> set[Phrase]:
    """A brand's words, and the same with "and" where it writes "&"."""
    plain = keys(brand)
    made = {plain} if plain else set()
    if "&" in brand or "+" in brand:
        for word in language.either:
            made.add(keys(brand.replace("&", f" {word} ").replace("+", f" {word} ")))
    return made
