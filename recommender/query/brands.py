"""Brands in a request, in the catalogue's own spelling."""

from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from recommender.query.draft import Draft
from recommender.query.language import Language, Phrase
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import key, keys

_LONGEST = 6
_SHORTEST_WITH_TYPO = 6
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

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self._language = language
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
            if len(phrase) == 1 and len(phrase[0]) >= _SHORTEST_WITH_TYPO and phrase[0].isalpha()
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
        language = self._language
        candidates = [
            at
            for at, word in enumerate(draft.keys)
            if not draft.taken[at]
            and len(word) >= _SHORTEST_WITH_TYPO
            and word.isalpha()
            and word not in self._known
            and language.singular(word) not in self._known
            and word not in language.ordinary
            and word not in language.qualities
            and word not in language.links
            and word not in language.colors
            and not draft.negated(at)
        ]
        for at in candidates[:_MOST_TYPOS]:
            word = draft.keys[at]
            limit = 1 if len(word) < _LONG else 2
            near = [name for name in self._typable if name[0] == word[0]]
            best = process.extract(word, near, scorer=OSA.distance, score_cutoff=limit, limit=2)
            if best and (len(best) == 1 or best[0][1] < best[1][1]):
                lead = draft.lead(at, language.brand_lead)
                draft.take(at if lead is None else lead, at + 1)
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
